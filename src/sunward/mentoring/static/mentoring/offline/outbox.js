// Sends what waits, each thing once in effect: the server knows its key. Whatever it cannot take is kept and shown.
(function () {
  'use strict';
  const box = document.getElementById('outbox');
  const store = self.sunwardStore;
  if (!box || !store || !store.isAble) return;
  const say = box.dataset;
  const progress = box.querySelector('[data-outbox-progress]');
  const list = box.querySelector('[data-outbox-list]');
  const shapeOfRow = box.querySelector('template');

  const ask = async (address, given) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 20000);
    const asked = { redirect: 'manual', cache: 'no-store', credentials: 'same-origin', signal: stop.signal, ...given };
    try {
      return await fetch(address, asked);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  };

  // Who is signed in, by the server's own word. `null`: no network; `{}`: nobody, or not a mentor any more.
  const readDesk = async () => {
    const found = await ask(say.desk, { headers: { Accept: 'application/json' } });
    if (!found || found.status >= 500) return null;
    if (!found.ok) return {};
    const desk = await found.json();
    const { csrf, ...kept } = desk;
    await store.writeDesk({ ...kept, at: Date.now(), until: Date.now() + desk.hours * 3600000 });
    return desk;
  };

  // The state after one attempt: saved, waiting, sign_in, refused or conflict.
  const send = async (entry, csrf) => {
    const body = new URLSearchParams(entry.fields);
    body.set('key', entry.key);
    const headers = { 'X-CSRFToken': csrf, 'X-Outbox': 'yes', 'Idempotency-Key': entry.key };
    const found = await ask(entry.address, { method: 'POST', body, headers });
    if (!found || found.status >= 500 || found.status === 429) return { state: 'waiting' };
    if (found.type === 'opaqueredirect' || found.status === 403) return { state: 'sign_in' };
    const said = await found.json().catch(() => ({}));
    if (found.ok) return { state: 'saved', next: said.next };
    return { state: found.status === 409 ? 'conflict' : 'refused', sentence: said.sentence || say.gone };
  };

  const sendOne = async (entry, csrf) => {
    const { key, user, state: _state, ...words } = entry;
    const result = await send(entry, csrf);
    if (result.state === 'saved') await store.remove(key);
    else await store.restate(key, user, result.sentence ? { ...words, sentence: result.sentence } : null, result.state);
    return result;
  };

  const sendAll = async () => {
    if (!(await store.count())) return;
    const desk = await readDesk();
    if (!desk) return;
    if (!desk.user) {
      for (const key of await store.keysOf(say.user || '')) await store.restate(key, say.user, null, 'sign_in');
      return;
    }
    const due = (await store.entriesOf(desk.user)).filter((entry) => !['refused', 'conflict'].includes(entry.state));
    for (const [number, entry] of due.entries()) {
      progress.textContent = say.sending.replace('{number}', number + 1).replace('{total}', due.length);
      const result = await sendOne(entry, desk.csrf);
      if (result.state === 'waiting') break;
    }
    progress.textContent = due.length && !(await store.keysOf(desk.user)).length ? say.sent : '';
  };

  // One window sends at a time; two would do no harm, for the server takes each key once.
  const flush = async () => {
    if (navigator.locks) await navigator.locks.request('sunward-outbox', sendAll);
    else await sendAll();
    await show();
  };

  const who = async () => say.user || ((await store.readDesk()) || {}).user || '';

  const show = async () => {
    const user = await who();
    const entries = user ? await store.entriesOf(user) : [];
    list.replaceChildren(...entries.map(shapeRow));
    const others = (await store.count()) - entries.length;
    const sealed = box.querySelector('[data-outbox-sealed]');
    sealed.hidden = !others || Boolean(say.user);
    sealed.textContent = say.sealed.replace('{count}', others);
    box.hidden = !entries.length && sealed.hidden && !progress.textContent;
    document.dispatchEvent(new CustomEvent('outbox:shown', { detail: entries.length }));
  };

  const shapeRow = (entry) => {
    const row = shapeOfRow.content.cloneNode(true);
    const put = (name, text) => (row.querySelector(`[data-row-${name}]`).textContent = text || '');
    put('title', [say[entry.kind] || say.visit, entry.initial, entry.day].filter(Boolean).join(' · '));
    put('state', { waiting: say.waiting, sign_in: say.signIn }[entry.state] || say.kept);
    put('sentence', entry.sentence);
    const isStopped = entry.state === 'refused' || entry.state === 'conflict';
    put('words', isStopped ? (entry.fields.find(([name]) => name === 'note') || [])[1] : '');
    row.querySelector('[data-row-sign-in]').hidden = entry.state !== 'sign_in';
    row.querySelector('[data-row-again]').hidden = entry.state !== 'refused';
    row.querySelector('[data-row-another]').hidden = entry.state !== 'conflict';
    row.querySelector('[data-row-drop]').hidden = !isStopped;
    row.querySelectorAll('button').forEach((button) => (button.dataset.key = entry.key));
    return row;
  };

  list.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-key]');
    if (!button) return;
    const user = await who();
    const found = (await store.entriesOf(user)).find((entry) => entry.key === button.dataset.key);
    if (!found) return;
    const { key, user: owner, state: _state, sentence: _sentence, ...words } = found;
    if ('rowAgain' in button.dataset) await store.restate(key, owner, words, 'waiting');
    else await store.remove(key);
    if ('rowAnother' in button.dataset) await store.put(crypto.randomUUID(), owner, words, 'waiting');
    await flush();
  });

  self.sunwardOutbox = {
    // Kept first and sent afterwards: whatever happens in between, the words are not lost.
    post: async (key, words) => {
      const user = await who();
      await store.put(key, user, words, 'waiting');
      const desk = await readDesk();
      if (!desk || desk.user !== user) return { state: desk ? 'sign_in' : 'waiting' };
      return sendOne({ ...words, key, user }, desk.csrf);
    },
    flush,
    readDesk,
    show,
    who,
  };

  window.addEventListener('online', flush);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && flush());
  flush();
})();
