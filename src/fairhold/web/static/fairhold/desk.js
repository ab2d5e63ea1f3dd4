// The server has written every time as text; this only keeps "time left" fresh, once a minute.
// The device's clock may be wrong, so the difference to the server's clock is taken out first.
(() => {
  const language = document.documentElement.lang || 'en';
  const unit = (count, name) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count);
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const words = (minutes) => {
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    if (days > 0) return list.format([unit(days, 'day'), unit(hours, 'hour')]);
    if (hours > 0) return list.format([unit(hours, 'hour'), unit(minutes % 60, 'minute')]);
    return unit(minutes, 'minute');
  };
  for (const place of document.querySelectorAll('[data-deadline]')) {
    const ahead = Date.parse(place.dataset.now) - Date.now();
    const refresh = () => {
      const left = Date.parse(place.dataset.deadline) - Date.now() - ahead;
      const minutes = Math.floor(left / 60000);
      place.textContent = minutes < 1 ? place.dataset.over : place.dataset.left.replace('{t}', words(minutes));
    };
    refresh();
    setInterval(refresh, 60000);
  }
})();
