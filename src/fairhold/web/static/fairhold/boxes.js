// Boxes are drawn on a picture with a finger or a mouse; they stand as numbers in the field below it.
(() => {
  const WHOLE = 1000;
  const SMALLEST = 8;
  const figure = document.querySelector('[data-boxes]');
  if (!figure) return;
  const field = document.getElementById(figure.dataset.boxes);
  const made = (name) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const sheet = made('svg');
  sheet.setAttribute('viewBox', `0 0 ${WHOLE} ${WHOLE}`);
  sheet.setAttribute('preserveAspectRatio', 'none');
  figure.querySelector('.drawn').append(sheet);
  figure.querySelector('figcaption').hidden = false;

  const lines = () => field.value.split('\n').filter((line) => line.trim());
  const rect = ([left, top, right, bottom]) => {
    const box = made('rect');
    const places = { x: left, y: top, width: right - left, height: bottom - top };
    for (const [name, value] of Object.entries(places)) box.setAttribute(name, Math.max(0, value) || 0);
    return box;
  };
  const show = (drawing) => {
    const boxes = lines().map((line) => line.trim().split(/[\s,]+/).map(Number));
    sheet.replaceChildren(...[...boxes, ...(drawing ? [drawing] : [])].map(rect));
  };
  const keep = (kept) => {
    field.value = kept.join('\n');
    show();
  };
  const at = (event) => {
    const area = sheet.getBoundingClientRect();
    const part = (place, size) => Math.round(Math.min(1, Math.max(0, place / size)) * WHOLE);
    return [part(event.clientX - area.left, area.width), part(event.clientY - area.top, area.height)];
  };
  const between = (one, other) => [
    Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[0], other[0]), Math.max(one[1], other[1]),
  ];

  let from = null;
  sheet.addEventListener('pointerdown', (event) => {
    from = at(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener('pointermove', (event) => {
    if (from) show(between(from, at(event)));
  });
  sheet.addEventListener('pointerup', (event) => {
    if (!from) return;
    const box = between(from, at(event));
    from = null;
    const large = box[2] - box[0] >= SMALLEST && box[3] - box[1] >= SMALLEST;
    keep(large ? [...lines(), box.join(' ')] : lines());
  });
  sheet.addEventListener('pointercancel', () => {
    from = null;
    show();
  });
  figure.querySelector('button').addEventListener('click', () => keep(lines().slice(0, -1)));
  field.addEventListener('input', () => show());
  show();
})();
