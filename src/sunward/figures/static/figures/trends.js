// A line of months is read by the arrow keys as by pointing at it; without this its words are in the picture's label.
(function () {
  'use strict';
  const show = (chart, place) => {
    const months = [...chart.querySelectorAll('.dash-readings li')];
    months.forEach((month, number) => month.classList.toggle('is-read', number === place));
    chart.dataset.place = place;
    const said = months[place] ? months[place].textContent.trim() : '';
    chart.setAttribute('aria-label', chart.dataset.name + (said ? ': ' + said : ''));
  };
  const ready = (within) => {
    within.querySelectorAll('.dash-chart[data-name]:not([tabindex])').forEach((chart) => {
      chart.tabIndex = 0;
      chart.setAttribute('role', 'group');
      chart.setAttribute('aria-label', chart.dataset.name);
    });
  };
  document.addEventListener('keydown', (event) => {
    const chart = event.target.closest('.dash-chart[data-name]');
    if (!chart) return;
    const last = chart.querySelectorAll('.dash-readings li').length - 1;
    const now = chart.dataset.place === undefined ? last + 1 : Number(chart.dataset.place);
    const to = { ArrowLeft: Math.max(now - 1, 0), ArrowRight: Math.min(now + 1, last), Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(chart, to);
  });
  document.addEventListener('focusout', (event) => {
    const chart = event.target.closest && event.target.closest('.dash-chart[data-name]');
    if (!chart) return;
    show(chart, -1);
    delete chart.dataset.place;
  });
  document.addEventListener('htmx:afterSettle', () => ready(document));
  ready(document);
})();
