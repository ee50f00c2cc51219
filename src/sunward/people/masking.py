"""What is left of a sealed value where it is not opened: enough to recognise, too little to use."""


def mask_number(number: str) -> str:
    """310110201405060019 → 310110********0019; a short number keeps its ends."""
    if len(number) >= 15:
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return f"{number[:1]}{'*' * max(0, len(number) - 3)}{number[-2:]}" if len(number) > 3 else "*" * len(number)


def mask_phone(phone: str) -> str:
    """+8613800001234 → 138****1234."""
    digits = phone.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else "*" * len(digits)


def mask_address(address: str) -> str:
    """The street is said, the door is not: what stands before the first digit."""
    street = next((address[:at] for at, sign in enumerate(address) if sign.isdigit()), address[:6])
    return f"{street}****" if address else ""
