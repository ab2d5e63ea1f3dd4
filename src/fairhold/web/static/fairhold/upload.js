// Files leave as soon as they are chosen, each by itself, with its progress and its own answer.
// Without this script the form sends them all at once, and nothing else is different.
(() => {
  const MOST = 10;
  const make = (tag, text = '') => Object.assign(document.createElement(tag), { textContent: text });
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

  const described = (form, row, id) => {
    const line = Object.assign(make('input'), { name: `shows-${id}`, maxLength: 200, type: 'text' });
    const label = make('label', 'In one line: what can be seen? ');
    label.append(line);
    row.append(label);
    const kinds = form.querySelector('select[name=kind]');
    if (kinds) {
      const own = kinds.cloneNode(true);
      Object.assign(own, { name: `kind-${id}`, id: '' });
      own.setAttribute('aria-label', 'What does this file show?');
      row.append(own);
    }
  };

  const send = (form, file, list) => {
    const row = make('li');
    row.className = 'stack-s';
    const name = make('bdi', file.name);
    const bar = Object.assign(make('progress'), { max: 100, value: 0 });
    bar.setAttribute('aria-label', file.name);
    const state = make('span', `0 of ${size(file.size)}`);
    const remove = Object.assign(make('button', 'Remove'), { type: 'button', className: 'btn quiet' });
    remove.append(Object.assign(make('span', ` ${file.name}`), { className: 'vh' }));
    row.append(name, ' ', bar, ' ', state, ' ', remove);
    list.append(row);
    const request = new XMLHttpRequest();
    const handles = form.querySelector('input[name=upload_ids]');
    const without = (id) => handles.value.split(',').filter((one) => one && one !== id);
    remove.addEventListener('click', () => {
      request.abort();
      handles.value = without(row.dataset.id).join(',');
      row.remove();
    });
    request.upload.addEventListener('progress', (event) => {
      bar.value = (100 * event.loaded) / event.total;
      state.textContent = `${size(event.loaded)} of ${size(event.total)}`;
    });
    request.addEventListener('load', () => {
      const answer = request.getResponseHeader('content-type')?.includes('json') ? JSON.parse(request.responseText) : {};
      bar.remove();
      if (!answer.id) {
        state.textContent = answer.error || 'It was not taken. Try it again.';
        state.className = 'error';
        return;
      }
      row.dataset.id = answer.id;
      handles.value = [...without(answer.id), answer.id].join(',');
      state.textContent = `${size(file.size)}, here`;
      described(form, row, answer.id);
    });
    request.addEventListener('error', () => {
      bar.remove();
      state.textContent = 'The connection broke. Choose the file again.';
      state.className = 'error';
    });
    const body = new FormData();
    body.append('file', file);
    body.append('csrfmiddlewaretoken', form.querySelector('input[name=csrfmiddlewaretoken]').value);
    request.open('POST', form.dataset.uploads);
    request.send(body);
  };

  for (const form of document.querySelectorAll('form[data-uploads]')) {
    const field = form.querySelector('input[type=file]');
    const list = form.querySelector('[data-list]');
    field.addEventListener('change', () => {
      for (const file of [...field.files].slice(0, MOST - list.children.length)) send(form, file, list);
      field.value = '';
    });
  }
})();
