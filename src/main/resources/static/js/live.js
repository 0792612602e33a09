/* Shows how far something is that takes a while: asks for the page again until it says that it is done. */
(function () {
  'use strict';

  function again() {
    const shown = document.querySelector('[data-live]');
    if (!shown) {
      return;
    }
    fetch(window.location.href, { credentials: 'same-origin' })
      .then((answer) => answer.text())
      .then((text) => {
        const page = new DOMParser().parseFromString(text, 'text/html');
        const next = page.getElementById(shown.id);
        if (!next || !next.hasAttribute('data-live')) {
          window.location.reload();
          return;
        }
        shown.textContent = next.textContent;
        window.setTimeout(again, 2000);
      })
      .catch(() => window.setTimeout(again, 5000));
  }

  window.setTimeout(again, 2000);
})();
