import pytest

from sunward.core.sealing import SealBroken, seal, unseal


@pytest.mark.parametrize("algorithm", ["aes-256-gcm", "sm4-gcm"])
def test_a_sealed_value_opens_only_in_its_own_row(settings, algorithm):
    settings.SUNWARD_SEALING_ALGORITHM = algorithm
    token = seal("310110", bound_to="people.id:1")
    assert unseal(token, bound_to="people.id:1") == "310110"
    with pytest.raises(SealBroken):
        unseal(token, bound_to="people.id:2")
