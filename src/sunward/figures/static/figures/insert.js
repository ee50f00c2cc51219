// A figure goes into the text where the cursor stands, instead of its code being typed.
'use strict';

(() => {
  const text = document.querySelector('textarea[name="body"]');
  const tools = document.querySelector('[data-insert-tools]');
  if (!text || !tools) return;
  const shape = tools.querySelector('select');
  const state = tools.querySelector('[data-insert-state]');
  tools.hidden = false;
  document.querySelectorAll('[data-insert]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => {
      const isTable = 'table' in shape.selectedOptions[0].dataset;
      const reference = `[[${button.dataset.insert}${shape.value}]]`;
      const before = text.value.slice(0, text.selectionStart);
      // A table stands alone on its line.
      const start = isTable && before && !before.endsWith('\n') ? '\n' : '';
      text.setRangeText(`${start}${reference}${isTable ? '\n' : ''}`, text.selectionStart, text.selectionEnd, 'end');
      text.dispatchEvent(new Event('input', { bubbles: true }));
      state.textContent = state.dataset.done.replace('…', reference);
    });
  });
})();
