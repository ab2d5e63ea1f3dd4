// The keys of the queue. Each has a link or a button that does the same; all can be switched off.
(() => {
  const place = document.querySelector('[data-keys]');
  const presence = document.querySelector('[data-presence]');
  const rows = [...document.querySelectorAll('[data-row]')];
  let at = rows.findIndex((row) => row.classList.contains('here'));
  const move = (by) => {
    if (!rows.length) return;
    at = Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by));
    rows[at].querySelector('a').focus();
  };
  const press = (selector) => {
    const found = document.querySelector(selector);
    if (found) found.click();
  };
  const see = (selector) => {
    const found = document.querySelector(selector);
    if (!found) return;
    found.setAttribute('tabindex', '-1');
    found.scrollIntoView();
    found.focus();
  };
  const list = () => {
    const found = document.querySelector('#keys');
    found.open = !found.open;
    found.querySelector('summary').focus();
  };
  const select = () => {
    const box = rows[at] && rows[at].querySelector('input[type=checkbox]');
    if (box) box.checked = !box.checked;
  };
  const DOES = {
    j: () => move(1),
    k: () => move(-1),
    x: select,
    a: () => press('[data-assign], #bulk button'),
    e: () => see('#evidence'),
    c: () => press('[data-cite]'),
    r: () => see('#ruling'),
    m: () => document.querySelector('#text') && document.querySelector('#text').focus(),
    n: () => press('[data-next]'),
    '/': () => document.querySelector('[data-search]') && document.querySelector('[data-search]').focus(),
    '?': list,
  };
  // What a key needs on the page to do anything.
  const NEEDS = {
    j: '[data-row]', k: '[data-row]', x: '[data-row] input', a: '[data-assign], #bulk button', e: '#evidence',
    c: '[data-cite]', r: '#ruling', m: '#text', n: '[data-next]', '/': '[data-search]',
  };
  // The menu offers what the keys do, and the links of the turn and of the saved views.
  const menu = document.querySelector('#commands');
  const offered = () => {
    const keys = [...document.querySelectorAll('#keys [data-does]')].map((one) => ({
      words: one.querySelector('dd').textContent,
      key: one.querySelector('kbd').textContent,
      run: DOES[one.dataset.does],
      needs: NEEDS[one.dataset.does],
    })).filter((one) => !one.needs || document.querySelector(one.needs));
    const links = [...document.querySelectorAll('.turn a.btn, [data-command]')];
    return [...keys, ...links.map((one) => ({ words: one.textContent.trim(), run: () => one.click() }))];
  };
  const fill = () => {
    const wanted = menu.querySelector('input').value.trim().toLocaleLowerCase();
    const fitting = offered().filter((one) => one.words.toLocaleLowerCase().includes(wanted));
    menu.querySelector('ul').replaceChildren(...fitting.map((one) => {
      const row = document.createElement('li');
      const button = document.createElement('button');
      button.className = 'btn quiet';
      button.textContent = one.words;
      if (one.key) {
        const key = document.createElement('kbd');
        key.textContent = one.key;
        button.append(' ', key);
      }
      button.addEventListener('click', () => { menu.close(); one.run(); });
      row.append(button);
      return row;
    }));
  };
  const find = () => {
    if (menu.open) return;
    menu.querySelector('input').value = '';
    fill();
    menu.showModal();
    menu.querySelector('input').focus();
  };
  if (menu) {
    menu.querySelector('input').addEventListener('input', fill);
    menu.addEventListener('keydown', (event) => {
      const buttons = [...menu.querySelectorAll('li button')];
      const here = buttons.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && buttons.length) {
        event.preventDefault();
        const from = here < 0 && step < 0 ? 0 : here;
        buttons[(from + step + buttons.length) % buttons.length].focus();
      }
      if (event.key === 'Enter' && event.target.matches('input') && buttons.length) {
        event.preventDefault();
        buttons[0].click();
      }
    });
  }
  const writes = (target) => target.closest('input, textarea, select, [contenteditable]');
  document.addEventListener('keydown', (event) => {
    if (menu && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      find();
      return;
    }
    const off = !place || place.dataset.keys !== 'on';
    if (off || (menu && menu.open) || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    const act = DOES[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  if (presence) {
    let typed = 0;
    document.addEventListener('input', () => { typed = Date.now(); });
    const token = document.querySelector('input[name=csrfmiddlewaretoken]');
    const sign = async () => {
      const body = new URLSearchParams({ editing: Date.now() - typed < 60000 ? '1' : '0' });
      const headers = { 'X-CSRFToken': token.value };
      try {
        const answer = await fetch(presence.dataset.presence, { method: 'POST', body, headers });
        if (answer.ok) presence.innerHTML = await answer.text();
      } catch { /* the next sign comes in a quarter of a minute */ }
    };
    sign();
    setInterval(sign, 15000);
  }
})();
