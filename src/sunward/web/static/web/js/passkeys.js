// A passkey that fails or is cancelled gets a sentence; allauth alone would write to the console only.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault();
  const words = document.getElementById('passkey-trouble');
  const toasts = document.getElementById('toasts');
  toasts.replaceChildren(words.content.cloneNode(true));
});
