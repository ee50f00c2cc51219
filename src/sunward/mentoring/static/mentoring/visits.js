// The visit form: the minutes' stepper, and a last saving when the phone is put away.
(function () {
  'use strict';
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-steps]');
    if (button) {
      const field = document.getElementById(button.getAttribute('aria-controls'));
      const most = Number(field.max) || Infinity;
      field.value = String(Math.min(most, Math.max(0, (Number(field.value) || 0) + Number(button.dataset.steps))));
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    // She chose the other window's words: leaving this page loses nothing she wants.
    if (event.target.closest('[data-drop-words]')) {
      document.querySelectorAll('[data-draft]').forEach((form) => form.remove());
    }
  });

  const form = document.querySelector('.visit-form[data-draft]');
  if (!form) return;
  let isDirty = false;
  form.addEventListener('input', () => (isDirty = true));
  document.addEventListener('htmx:afterRequest', (event) => {
    if (event.target === form && event.detail.successful) isDirty = false;
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && isDirty) form.dispatchEvent(new Event('visitchange'));
  });
  // A second tap while the first is under way changes nothing on the server; the page need not show two.
  form.addEventListener('submit', () => {
    const button = form.querySelector('[type="submit"]');
    setTimeout(() => (button.disabled = true), 0);
    setTimeout(() => (button.disabled = false), 5000);
  });
  window.addEventListener('pageshow', () => {
    form.querySelector('[type="submit"]').disabled = false;
  });
})();
