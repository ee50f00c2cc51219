// Nobody is signed in: the phone forgets whose children it knew. Visits that wait stay, sealed, until their writer is back.
(function () {
  'use strict';
  if (!self.indexedDB) return;
  const asked = indexedDB.open('sunward');
  // There was nothing, and there shall be nothing.
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onerror = (event) => event.preventDefault();
  asked.onsuccess = () => {
    const act = asked.result.transaction('desks', 'readwrite');
    act.objectStore('desks').clear();
    act.oncomplete = () => asked.result.close();
  };
})();
