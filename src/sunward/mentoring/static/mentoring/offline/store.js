// What the phone keeps: visits that wait for the network, sealed, and by which sign a mentor tells her children apart.
(function () {
  'use strict';
  const NAME = 'sunward';
  let opened = null;

  const answer = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  const open = () => {
    if (opened) return opened;
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('outbox', { keyPath: 'key' });
      asked.result.createObjectStore('desks', { keyPath: 'place' });
      asked.result.createObjectStore('keys', { keyPath: 'user' });
    };
    opened = answer(asked).then((db) => {
      db.onversionchange = () => close();
      return db;
    });
    opened.catch(() => (opened = null));
    return opened;
  };
  const close = () => {
    const was = opened;
    opened = null;
    return was ? was.then((db) => db.close()) : Promise.resolve();
  };

  const read = async (place, ask) => answer(ask((await open()).transaction(place).objectStore(place)));
  const write = async (place, ask) => {
    const act = (await open()).transaction(place, 'readwrite');
    const done = new Promise((resolve, reject) => {
      act.oncomplete = resolve;
      act.onabort = act.onerror = () => reject(act.error);
    });
    ask(act.objectStore(place));
    return done;
  };

  // The key never leaves the browser and cannot be read out; with it go all words that it sealed.
  const keyOf = async (user) => {
    const kept = await read('keys', (keys) => keys.get(user));
    if (kept) return kept.key;
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    // Two windows at once: the first key stays.
    await write('keys', (keys) => keys.add({ user, key })).catch(() => null);
    return (await read('keys', (keys) => keys.get(user))).key;
  };
  const seal = async (user, words) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(words));
    return { iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(user), text) };
  };
  const unseal = async (row) => {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, await keyOf(row.user), row.sealed);
    return { ...JSON.parse(new TextDecoder().decode(text)), key: row.key, user: row.user, state: row.state };
  };

  const allRows = () => read('outbox', (box) => box.getAll());
  const rowsOf = async (user) => {
    const mine = (await allRows()).filter((row) => row.user === user);
    return mine.sort((one, other) => one.at - other.at);
  };

  self.sunwardStore = {
    isAble: Boolean(self.isSecureContext && self.indexedDB && self.crypto && crypto.subtle),
    // `words`: kind, address, fields, initial, day, sentence. Only their owner and their state stand beside the seal.
    put: async (key, user, words, state) => {
      const row = { key, user, state, at: Date.now(), ...(await seal(user, words)) };
      await write('outbox', (box) => box.put(row));
    },
    restate: async (key, user, words, state) => {
      const row = await read('outbox', (box) => box.get(key));
      if (!row) return;
      const again = words ? await seal(user, words) : {};
      await write('outbox', (box) => box.put({ ...row, ...again, state }));
    },
    entriesOf: async (user) => Promise.all((await rowsOf(user)).map(unseal)),
    keysOf: async (user) => (await rowsOf(user)).map((row) => row.key),
    count: () => read('outbox', (box) => box.count()),
    remove: (key) => write('outbox', (box) => box.delete(key)),
    // How long she may write without network: after that the list of her children is gone until she signs in again.
    readDesk: async () => {
      const desk = await read('desks', (desks) => desks.get('here'));
      if (desk && desk.until > Date.now()) return desk;
      if (desk) await write('desks', (desks) => desks.delete('here'));
      return null;
    },
    writeDesk: (desk) => write('desks', (desks) => desks.put({ ...desk, place: 'here' })),
    // What waits of others stays, sealed with a key of their own; if nothing does, nothing stays at all.
    clear: async (user) => {
      for (const key of await self.sunwardStore.keysOf(user)) await self.sunwardStore.remove(key);
      await write('keys', (keys) => keys.delete(user));
      await write('desks', (desks) => desks.clear());
      if (await self.sunwardStore.count()) return;
      await close();
      await answer(indexedDB.deleteDatabase(NAME));
    },
  };
})();
