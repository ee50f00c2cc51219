// The page without network: choose the child by its sign, write, keep. Nothing of it was in the page as it was cached.
(function () {
  'use strict';
  const store = self.sunwardStore;
  const outbox = self.sunwardOutbox;
  const locked = document.querySelector('[data-shell-locked]');
  const form = document.querySelector('[data-shell-form]');
  const unlocked = document.querySelector('[data-shell-open]');
  const choices = form.querySelector('[data-shell-children]');
  const shapes = document.querySelector('[data-shell-shapes]').content;
  if (!outbox) {
    locked.hidden = false;
    return;
  }
  const copy = (name) => shapes.querySelector(`[data-shape="${name}"]`).cloneNode(true);
  const today = () => {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  };

  const shapeChild = (child, number, all) => {
    const row = copy('child');
    const field = row.querySelector('input');
    field.value = child.match;
    field.id = `child-${number}`;
    field.checked = all.length === 1 || location.pathname.includes(child.match);
    row.querySelector('label').htmlFor = field.id;
    row.querySelector('[data-child-initial]').textContent = child.initial;
    return row;
  };
  const shapeWay = (way) => {
    const row = copy('way');
    row.querySelector('button').addEventListener('click', async () => {
      await outbox.post(crypto.randomUUID(), {
        kind: 'back', address: way.address, fields: [], initial: way.initial, day: '',
      });
      row.remove();
      const desk = await store.readDesk();
      if (desk) await store.writeDesk({ ...desk, ways: desk.ways.filter((one) => one.address !== way.address) });
      await outbox.show();
    });
    return row;
  };

  const open = async () => {
    const desk = await store.readDesk();
    const isOpen = Boolean(desk && desk.user && desk.children.length);
    locked.hidden = isOpen;
    unlocked.hidden = !isOpen;
    if (!isOpen) return;
    choices.replaceChildren(...desk.children.map(shapeChild));
    document.querySelector('[data-shell-ways]').replaceChildren(...(desk.ways || []).map(shapeWay));
    form.elements.other_day.value = today();
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const desk = await store.readDesk();
    const child = desk && desk.children.find((one) => one.match === given.get('child'));
    const lacks = !child ? 'child' : !given.get('outcome') ? 'outcome' : !given.get('other_day') ? 'day' : '';
    const isShort = given.get('outcome') === 'made' && !(Number(given.get('minutes')) > 0);
    form.querySelectorAll('[data-lacks]').forEach((line) => {
      line.hidden = line.dataset.lacks !== (lacks || (isShort ? 'minutes' : ''));
      if (!line.hidden) line.scrollIntoView({ block: 'center' });
    });
    if (lacks || isShort) return;
    const fields = [...given].filter(([name]) => name !== 'child');
    const words = {
      kind: 'visit', address: child.upload, fields: [...fields, ['day', 'other']], initial: child.initial,
      day: given.get('other_day'),
    };
    await outbox.post(crypto.randomUUID(), words);
    form.reset();
    await open();
    await outbox.show();
    const kept = document.querySelector('[data-shell-kept]');
    kept.hidden = false;
    kept.focus();
  });

  // With the network back, the page that was asked for is there again.
  window.addEventListener('online', () => (document.querySelector('[data-shell-back]').hidden = false));
  document.querySelector('[data-shell-reload]').addEventListener('click', () => location.reload());
  open();
})();
