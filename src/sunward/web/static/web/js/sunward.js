// The few things a page cannot do by itself. Everything works without this file except where noted.
(function () {
  'use strict';
  const page = document.documentElement;
  const on = (kind, selector, act) =>
    document.addEventListener(kind, (event) => {
      const found = event.target.closest && event.target.closest(selector);
      if (found) act(found, event);
    });

  // Menu: a drawer on small screens, foldable on large ones; a cookie remembers, so that no page flickers.
  let opener = null;
  const openMenu = (isOpen) => {
    document.body.classList.toggle('is-menu-open', isOpen);
    document.querySelectorAll('[data-menu-open]').forEach((b) => b.setAttribute('aria-expanded', String(isOpen)));
    if (isOpen) document.querySelector('#menu a').focus();
  };
  on('click', '[data-menu-open]', (button) => {
    opener = button;
    openMenu(true);
  });
  on('click', '[data-menu-close]', () => openMenu(false));
  on('click', '[data-menu-fold]', (button) => {
    const isNarrow = document.body.classList.toggle('is-narrow');
    button.setAttribute('aria-expanded', String(!isNarrow));
    document.cookie = `menu=${isNarrow ? 'narrow' : 'wide'};path=/;max-age=31536000;samesite=lax`;
  });

  // Drop-down sheets are <details>: close them when one goes elsewhere.
  const closeSheets = (except) =>
    document.querySelectorAll('details.sun-drop[open]').forEach((d) => d !== except && d.removeAttribute('open'));
  document.addEventListener('click', (event) => closeSheets(event.target.closest('details.sun-drop')));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      const sheet = document.querySelector('details.sun-drop[open]');
      closeSheets(null);
      if (sheet) sheet.querySelector('summary').focus();
      if (document.body.classList.contains('is-menu-open')) {
        openMenu(false);
        if (opener) opener.focus();
      }
    }
    const isTyping = event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector('[data-search]');
      if (search && search.offsetParent) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
  });

  // Dialogs. `data-opens` names a <dialog>; the button stays out of the way without JavaScript support.
  on('click', '[data-opens]', (button) => document.getElementById(button.dataset.opens).showModal());
  on('click', '[data-closes]', (button) => button.closest('dialog').close());

  // `data-confirm` asks before a form is sent; the sentence is in the attribute.
  const ask = document.getElementById('ask');
  let waiting = null;
  document.addEventListener(
    'submit',
    (event) => {
      const sentence = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
      if (!sentence || !ask || event.target.dataset.isConfirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = { form: event.target, submitter: event.submitter };
      ask.querySelector('[data-ask-sentence]').textContent = sentence;
      ask.showModal();
    },
    true,
  );
  on('click', '[data-ask-yes]', () => {
    ask.close();
    if (!waiting) return;
    const { form, submitter } = waiting;
    waiting = null;
    form.dataset.isConfirmed = 'yes';
    form.requestSubmit(submitter);
    delete form.dataset.isConfirmed;
  });

  // Toasts: good news leaves by itself, unless one is reading it; the rest waits to be closed.
  const leaveSoon = (toast) => {
    if (!toast.classList.contains('sun-toast-good') || toast.dataset.isTimed) return;
    toast.dataset.isTimed = 'yes';
    let timer = setTimeout(() => toast.remove(), 8000);
    const stay = () => clearTimeout(timer);
    const resume = () => (timer = setTimeout(() => toast.remove(), 4000));
    toast.addEventListener('pointerenter', stay);
    toast.addEventListener('pointerleave', resume);
    toast.addEventListener('focusin', stay);
    toast.addEventListener('focusout', resume);
  };
  const toasts = document.getElementById('toasts');
  if (toasts) {
    toasts.querySelectorAll('.sun-toast').forEach(leaveSoon);
    new MutationObserver(() => toasts.querySelectorAll('.sun-toast').forEach(leaveSoon)).observe(toasts, {
      childList: true,
    });
  }
  on('click', '[data-toast-close]', (button) => button.closest('.sun-toast').remove());

  // Print, copy, submit on change, and "back".
  on('click', '[data-print]', () => window.print());
  on('click', '[data-copy]', (button) => {
    const source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.value || source.textContent.trim()).then(() => {
      const word = button.querySelector('[data-copy-word]') || button;
      const before = word.textContent;
      word.textContent = button.dataset.copied;
      setTimeout(() => (word.textContent = before), 2000);
    });
  });
  on('change', '[data-submit-on-change]', (field) => field.form.requestSubmit());
  on('click', '[data-back]', (link, event) => {
    if (history.length > 1 && document.referrer.startsWith(location.origin)) {
      event.preventDefault();
      history.back();
    }
  });

  // A draft that htmx saves says so beside its form, and leaving with unsaved words asks first.
  const unsaved = new Set();
  on('input', '[data-draft]', (form) => unsaved.add(form));
  const tell = (form, word) => {
    const place = form.querySelector('[data-draft-state]');
    if (place) place.textContent = place.dataset[word] || '';
  };
  document.addEventListener('htmx:afterRequest', (event) => {
    const form = event.target.closest('[data-draft]');
    if (!form) return;
    if (event.detail.successful) unsaved.delete(form);
    tell(form, event.detail.successful ? 'saved' : 'failed');
  });
  document.addEventListener('submit', (event) => unsaved.delete(event.target));
  window.addEventListener('beforeunload', (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });

  // The line is down or the server did not answer: say so once, in the page's own words.
  const sayTrouble = () => {
    const words = document.getElementById('trouble');
    if (toasts && words && !toasts.querySelector('[data-trouble]')) toasts.append(words.content.cloneNode(true));
  };
  document.addEventListener('htmx:sendError', sayTrouble);
  document.addEventListener('htmx:timeout', sayTrouble);
  document.addEventListener('htmx:responseError', (event) => {
    if (event.detail.xhr.status >= 500) sayTrouble();
  });

  // On a phone the filters wait behind their word, unless they are in use.
  if (window.matchMedia('(max-width: 767px)').matches && !location.search) {
    document.querySelectorAll('[data-filters]').forEach((filters) => filters.removeAttribute('open'));
  }

  page.classList.add('has-script');
})();
