// The whole screen by a press; the page works without, and F11 does the same.
(function () {
  'use strict';
  const offer = () => {
    document.querySelectorAll('[data-whole-screen]').forEach((button) => {
      button.hidden = !document.fullscreenEnabled || Boolean(document.fullscreenElement);
    });
  };
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-whole-screen]')) document.documentElement.requestFullscreen();
  });
  document.addEventListener('fullscreenchange', offer);
  document.addEventListener('htmx:afterSettle', offer);
  offer();
})();
