// Everything here only adds: without it every page says and does the same.
(() => {
  const language = document.documentElement.lang || 'en';
  const unit = (count, name) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long', numberingSystem: 'latn' }).format(count);
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const words = (minutes) => {
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    if (days > 0) return list.format([unit(days, 'day'), unit(hours, 'hour')]);
    if (hours > 0) return list.format([unit(hours, 'hour'), unit(minutes % 60, 'minute')]);
    return unit(minutes, 'minute');
  };

  // The server wrote every time as text; this keeps "time left" fresh, once a minute. The device's
  // clock may be wrong, so the difference to the server's clock is taken out first.
  for (const place of document.querySelectorAll('[data-deadline]')) {
    const ahead = Date.parse(place.dataset.now) - Date.now();
    const spoken = place.closest('section')?.querySelector('[data-milestones]') ?? null;
    const stops = spoken ? JSON.parse(spoken.dataset.milestones) : [];
    let before = null;
    const refresh = () => {
      const left = Date.parse(place.dataset.deadline) - Date.now() - ahead;
      const minutes = Math.floor(left / 60000);
      place.textContent = minutes < 1 ? place.dataset.over : place.dataset.left.replace('{t}', words(minutes));
      const passed = stops.some((stop) => before !== null && before > stop && minutes <= stop);
      const over = before !== null && before >= 1 && minutes < 1;
      if (spoken && (passed || over)) spoken.textContent = place.textContent;
      before = minutes;
    };
    refresh();
    setInterval(refresh, 60000);
  }

  // A form is sent once: a second press does nothing, and the button says that it is under way.
  for (const form of document.querySelectorAll('form[data-once]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = '1';
      form.setAttribute('aria-busy', 'true');
      const button = event.submitter?.dataset.busy ? event.submitter : form.querySelector('[data-busy]');
      if (button) button.textContent = button.dataset.busy;
    });
  }
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  });

  // What is typed is kept on the server a moment after the typing stops.
  for (const form of document.querySelectorAll('form[data-draft]')) {
    let waiting = 0;
    const save = () => {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
      body.append('of', new URL(form.action || location.href, location.href).pathname);
      fetch('/drafts/save', { method: 'POST', body, keepalive: true }).catch(() => {});
    };
    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(save, 1500);
    });
    form.addEventListener('submit', () => clearTimeout(waiting));
  }

  // The sum of what is typed, as the server reads it.
  for (const output of document.querySelectorAll('[data-total]')) {
    let waiting = 0;
    const add = async () => {
      const body = new FormData(output.closest('form'));
      try {
        const answer = await fetch(output.dataset.total, { method: 'POST', body });
        if (answer.ok) output.textContent = await answer.text();
      } catch { /* the next step tells it */ }
    };
    output.closest('form').addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(add, 300);
    });
  }

  document.querySelector('[data-focus]')?.focus();

  // Nobody looks at a page in the background, so it does not ask for news.
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (document.hidden) event.preventDefault();
  });

  // The page says when it lost the server, and that nothing typed is lost.
  const lost = document.querySelector('[data-offline]');
  if (lost) {
    const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
    let heard = new Date();
    const say = (away) => {
      lost.hidden = !away;
      lost.textContent = away ? lost.dataset.offline.replace('{t}', time.format(heard)) : '';
    };
    addEventListener('offline', () => say(true));
    addEventListener('online', () => say(false));
    document.addEventListener('htmx:afterRequest', (event) => {
      if (event.detail.successful) heard = new Date();
      say(!event.detail.successful && !event.detail.xhr?.status);
    });
    if (!navigator.onLine) say(true);
  }

  // A picture grows, shrinks and turns by buttons and keys.
  const figure = document.querySelector('[data-zoom]');
  if (figure) {
    const picture = figure.querySelector('img');
    const buttons = document.querySelector('[data-zoom-buttons]');
    let scale = 1;
    let turned = 0;
    const show = () => {
      figure.dataset.turned = turned;
      picture.width = Math.round(picture.naturalWidth * scale);
      figure.classList.toggle('zoomed', scale > 1);
    };
    const zoom = (by) => {
      scale = Math.min(5, Math.max(0.25, scale * by));
      show();
    };
    const turn = () => {
      turned = (turned + 90) % 360;
      show();
    };
    buttons.hidden = false;
    buttons.addEventListener('click', (event) => {
      if (event.target.dataset.zoomBy) zoom(Number(event.target.dataset.zoomBy));
      if ('turn' in event.target.dataset) turn();
    });
    figure.addEventListener('keydown', (event) => {
      if (event.key === '+') zoom(1.25);
      if (event.key === '-') zoom(0.8);
      if (event.key.toLowerCase() === 'r') turn();
    });
  }
})();
