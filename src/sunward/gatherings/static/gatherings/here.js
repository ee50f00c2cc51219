// The map point of a place is taken where one stands, instead of typed as two numbers.
'use strict';

(() => {
  const button = document.querySelector('[data-here]');
  if (!button || !navigator.geolocation) return;
  button.hidden = false;
  const state = document.querySelector('[data-here-state]');
  const fill = (id, degrees) => {
    const field = document.getElementById(id);
    // Five decimals are a metre: more than a telephone knows.
    field.value = degrees.toFixed(5);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const take = ({ coords }) => {
    fill('id_lon', coords.longitude);
    fill('id_lat', coords.latitude);
    state.textContent = button.dataset.taken.replace('0', Math.round(coords.accuracy));
    button.disabled = false;
  };
  const fail = () => {
    state.textContent = button.dataset.failed;
    button.disabled = false;
  };
  button.addEventListener('click', () => {
    button.disabled = true;
    state.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(take, fail, { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 });
  });
})();
