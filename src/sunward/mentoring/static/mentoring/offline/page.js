// A signed-in mentor's pages: the visit that finds no network stays on the phone, and nothing stays after signing out.
(function () {
  'use strict';
  const store = self.sunwardStore;
  const outbox = self.sunwardOutbox;
  const box = document.getElementById('outbox');
  if (!outbox) return;
  const STALE = 10 * 60000;

  if ('serviceWorker' in navigator) {
    navigator.serviceWorker
      .register('/sw.js', { scope: '/' })
      .then(() => navigator.serviceWorker.ready)
      .then((ready) => ready.active.postMessage({ language: document.documentElement.lang }))
      .catch(() => null);
  }

  // Her list on the phone is renewed now and then, and whenever it is another's.
  store.readDesk().then((desk) => {
    const isFresh = desk && desk.user === box.dataset.user && Date.now() - desk.at < STALE;
    if (!isFresh || location.pathname === '/') outbox.readDesk();
  });

  const fieldsOf = (form) =>
    [...new FormData(form)].filter(([name]) => !['csrfmiddlewaretoken', 'seen', 'key'].includes(name));
  const dayOf = (form) => {
    const given = new FormData(form);
    return given.get('day') === 'other' || !given.get('day') ? given.get('other_day') : given.get('day');
  };

  const visit = document.querySelector('.visit-form[data-upload]');
  if (visit) {
    visit.addEventListener('submit', async (event) => {
      event.preventDefault();
      const key = visit.elements.key.value;
      const words = {
        kind: 'visit', address: visit.dataset.upload, fields: fieldsOf(visit), initial: visit.dataset.initial,
        day: dayOf(visit),
      };
      let result = { state: 'refused' };
      try {
        result = await outbox.post(key, words);
      } catch {
        visit.submit();
        return;
      }
      if (result.state === 'saved') location.assign(result.next);
      else if (result.state === 'refused' || result.state === 'conflict') {
        // The page itself says what is missing, beside its question.
        await store.remove(key);
        visit.submit();
      } else keepHere();
    });
  }

  const keepHere = async () => {
    const kept = document.getElementById('kept-here').content.cloneNode(true);
    visit.replaceWith(kept);
    document.getElementById('kept-title').focus();
    document.querySelectorAll('.sun-undo').forEach((bar) => bar.remove());
    await outbox.show();
  };

  // A tap that says she is back reaches the committee as soon as there is network again.
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('[data-way-back]') || navigator.onLine) return;
    event.preventDefault();
    const words = { kind: 'back', address: form.action, fields: [], initial: form.dataset.initial, day: '' };
    const result = await outbox.post(crypto.randomUUID(), words);
    if (result.state === 'saved') location.reload();
    else {
      form.hidden = true;
      await outbox.show();
      box.scrollIntoView();
    }
  });

  // Signing out empties the phone; with unsent words it asks first.
  const leaving = document.getElementById('leaving');
  let leavingForm = null;
  const leave = async () => {
    await store.clear(await outbox.who()).catch(() => null);
    const workers = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistrations() : [];
    await Promise.all(workers.map((worker) => worker.unregister()));
    const names = 'caches' in self ? await caches.keys() : [];
    await Promise.all(names.filter((name) => name.startsWith('sunward-')).map((name) => caches.delete(name)));
    leavingForm.submit();
  };
  document.addEventListener('submit', async (event) => {
    if (!event.target.matches('form[action$="/accounts/logout/"]')) return;
    event.preventDefault();
    leavingForm = event.target;
    const waiting = await store.keysOf(await outbox.who()).catch(() => []);
    if (!waiting.length) return leave();
    leaving.showModal();
  });
  leaving.querySelector('[data-leave-send]').addEventListener('click', async () => {
    await outbox.flush();
    const waiting = await store.keysOf(await outbox.who());
    leaving.querySelector('[data-leave-trouble]').hidden = !waiting.length;
    if (!waiting.length) await leave();
  });
  leaving.querySelector('[data-leave-drop]').addEventListener('click', leave);
})();
