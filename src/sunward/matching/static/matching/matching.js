// Three comforts of matching; every page works without them.
(function () {
  'use strict';
  // Choose all on this page. The box appears only where it works; a swapped list brings a new one.
  // Nobody is asked to confirm nothing: the button waits for a choice, and says how many are chosen.
  const count = (form) => {
    const chosen = form.querySelectorAll('input[name="proposal"]:checked').length;
    const button = form.querySelector('[data-approve]');
    button.disabled = !chosen;
    button.querySelector('[data-count]').textContent = chosen ? chosen : '';
  };
  const prepare = () => {
    document.querySelectorAll('[data-choose-all]').forEach((label) => {
      label.hidden = false;
    });
    document.querySelectorAll('[data-chooser]').forEach(count);
    // A slider beside each weight: the number field stays what is sent.
    document.querySelectorAll('[data-slider]').forEach((line) => {
      const number = line.querySelector('input[type="number"]');
      if (!number || line.querySelector('input[type="range"]')) return;
      const slider = document.createElement('input');
      slider.type = 'range';
      slider.className = 'match-slider';
      slider.min = '0';
      slider.max = '100';
      slider.value = number.value;
      slider.disabled = number.matches(':disabled');
      slider.setAttribute('aria-label', line.querySelector('.form-label').textContent.trim());
      slider.addEventListener('input', () => {
        number.value = slider.value;
      });
      number.addEventListener('input', () => {
        slider.value = number.value;
      });
      number.insertAdjacentElement('afterend', slider);
    });
  };
  document.addEventListener('change', (event) => {
    const all = event.target.closest('[data-choose-all]');
    const form = event.target.closest('[data-chooser]');
    if (all) {
      form.querySelectorAll('input[name="proposal"]').forEach((box) => {
        box.checked = event.target.checked;
      });
    }
    if (form) count(form);
  });
  document.addEventListener('htmx:afterSwap', prepare);
  prepare();
})();
