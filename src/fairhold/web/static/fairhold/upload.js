// Files leave as soon as they are chosen, each by itself: in pieces, with progress, taken up again
// after a break or a reload. Without this script the form sends them all at once.
(() => {
  const MOST = 10;
  const PIECE = 5 * 1024 * 1024;
  const PAUSES = [1, 2, 4, 8, 15, 30];
  const make = (tag, text = '') => Object.assign(document.createElement(tag), { textContent: text });
  const told = document.querySelector('template[data-upload-words]');
  const words = told ? JSON.parse(told.content.textContent) : {};
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[name] || '');
  const size = (bytes) => (bytes < 1e6 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  const wait = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });
  // A file is known again by what the browser tells of it.
  const memory = (file) => `upload:${file.name}:${file.size}:${file.lastModified}`;
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  const checksum = async (piece) => {
    if (!crypto.subtle) return {};
    const digest = await crypto.subtle.digest('SHA-256', await piece.arrayBuffer());
    return { 'Upload-Checksum': `sha256 ${btoa(String.fromCharCode(...new Uint8Array(digest)))}` };
  };

  const described = (form, row, id) => {
    if (!('describe' in form.dataset)) return;
    const line = Object.assign(make('input'), { name: `shows-${id}`, maxLength: 200, type: 'text', dir: 'auto' });
    const label = make('label', `${say('shows')} `);
    label.append(line);
    row.append(label);
    const kinds = form.querySelector('select[name=kind]');
    if (kinds) {
      const own = kinds.cloneNode(true);
      Object.assign(own, { name: `kind-${id}`, id: '' });
      own.setAttribute('aria-label', say('kind'));
      row.append(own);
    }
  };

  class Sending {
    constructor(form, file, list) {
      Object.assign(this, { form, file, stopped: false, paused: false, over: () => {} });
      this.ended = new Promise((done) => { this.over = done; });
      this.token = form.querySelector('input[name=csrfmiddlewaretoken]').value;
      this.row = make('li');
      this.row.className = 'stack-s';
      this.bar = Object.assign(make('progress'), { max: file.size || 1, value: 0 });
      this.bar.setAttribute('aria-label', file.name);
      this.state = make('span', say('progress', { sent: size(0), all: size(file.size) }));
      this.pause = this.button('pause', () => this.toggle());
      this.remove = this.button('remove', () => this.drop());
      this.row.append(make('bdi', file.name), ' ', this.bar, ' ', this.state, ' ', this.pause, ' ', this.remove);
      list.append(this.row);
    }

    button(name, act) {
      const made = Object.assign(make('button', say(name)), { type: 'button', className: 'btn quiet' });
      made.append(Object.assign(make('span', ` ${this.file.name}`), { className: 'vh' }));
      made.addEventListener('click', act);
      return made;
    }

    toggle() {
      this.paused = !this.paused;
      this.pause.firstChild.textContent = say(this.paused ? 'resume' : 'pause');
      if (this.paused) this.request?.abort();
      else this.run();
    }

    handles() {
      return this.form.querySelector('input[name=upload_ids]');
    }

    drop() {
      this.stopped = true;
      this.request?.abort();
      const rest = this.handles().value.split(',').filter((one) => one && one !== this.row.dataset.id);
      this.handles().value = rest.join(',');
      if (this.place) fetch(this.place, { method: 'DELETE', headers: this.headers() }).catch(() => {});
      localStorage.removeItem(memory(this.file));
      this.row.remove();
      this.over();
    }

    headers() {
      return { 'Tus-Resumable': '1.0.0', 'X-CSRFToken': this.token };
    }

    fail(message) {
      this.stopped = true;
      this.bar.remove();
      this.pause.remove();
      localStorage.removeItem(memory(this.file));
      this.state.textContent = message || say('refused');
      this.state.className = 'error';
      this.over();
    }

    // Where the server is: a remembered upload is asked, otherwise a new one is announced.
    async begin() {
      const known = localStorage.getItem(memory(this.file));
      if (known) {
        const there = await fetch(known, { method: 'HEAD', headers: this.headers() });
        if (there.ok) {
          this.place = known;
          return there;
        }
        localStorage.removeItem(memory(this.file));
      }
      const headers = {
        ...this.headers(),
        'Upload-Length': String(this.file.size),
        'Upload-Metadata': `filename ${base64(this.file.name)}`,
      };
      const made = await fetch(this.form.dataset.uploads, { method: 'POST', headers });
      if (made.ok) {
        this.place = made.headers.get('Location');
        localStorage.setItem(memory(this.file), this.place);
      }
      return made;
    }

    patch(offset, piece, sum) {
      return new Promise((done, broken) => {
        const request = new XMLHttpRequest();
        this.request = request;
        request.upload.addEventListener('progress', (event) => this.show(offset + event.loaded));
        request.addEventListener('load', () => done(request));
        request.addEventListener('error', broken);
        request.addEventListener('abort', broken);
        request.open('PATCH', this.place);
        const headers = { ...this.headers(), ...sum, 'Upload-Offset': String(offset) };
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
        request.send(piece);
      });
    }

    show(sent) {
      this.bar.value = sent;
      this.state.textContent = say('progress', { sent: size(sent), all: size(this.file.size) });
    }

    async run() {
      for (let tries = 0; !this.stopped && !this.paused;) {
        try {
          if (await this.whole()) return;
          tries = 0;
        } catch {
          if (this.stopped || this.paused) return;
          this.state.textContent = say('waiting');
          await wait(PAUSES[Math.min(tries, PAUSES.length - 1)]);
          tries += 1;
        }
      }
    }

    // True when the file is whole or refused; throws where the connection broke.
    async whole() {
      const begun = await this.begin();
      if (!begun.ok) {
        const answer = await begun.json().catch(() => ({}));
        this.fail(answer.error);
        return true;
      }
      let id = begun.headers.get('Upload-Staged');
      let offset = Number(begun.headers.get('Upload-Offset'));
      while (!id) {
        const piece = this.file.slice(offset, offset + PIECE);
        const answer = await this.patch(offset, piece, await checksum(piece));
        if (answer.status === 409 || answer.status === 460) return false;
        if (answer.status >= 400) {
          const type = answer.getResponseHeader('content-type') || '';
          this.fail(type.includes('json') ? JSON.parse(answer.responseText).error : '');
          return true;
        }
        offset = Number(answer.getResponseHeader('Upload-Offset'));
        id = answer.getResponseHeader('Upload-Staged');
        this.show(offset);
      }
      this.finish(id);
      return true;
    }

    finish(id) {
      localStorage.removeItem(memory(this.file));
      this.bar.remove();
      this.pause.remove();
      this.row.dataset.id = id;
      const others = this.handles().value.split(',').filter((one) => one && one !== id);
      this.handles().value = [...others, id].join(',');
      this.state.textContent = say('here', { all: size(this.file.size) });
      described(this.form, this.row, id);
      this.form.dispatchEvent(new Event('input'));
      this.over();
    }
  }

  const tell = (list, text) => list.append(Object.assign(make('li', text), { className: 'error' }));

  // The form waits for its files, and is then sent by itself.
  const guard = (form, list, sending) => {
    let waits = null;
    form.addEventListener('submit', async (event) => {
      const open = sending.filter((one) => !one.stopped && !one.row.dataset.id);
      if (!open.length && !waits) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (waits) return;
      const button = event.submitter;
      waits = make('li', say('waits'));
      waits.className = 'note';
      list.append(waits);
      await Promise.all(open.map((one) => one.ended));
      waits.remove();
      waits = null;
      if (!open.some((one) => one.row.querySelector('.error'))) form.requestSubmit(button);
    }, true);
  };

  for (const form of document.querySelectorAll('form[data-uploads]')) {
    const field = form.querySelector('input[type=file]');
    const list = form.querySelector('[data-list]');
    if (!field || !list) continue;
    const sending = [];
    guard(form, list, sending);
    field.addEventListener('change', () => {
      const taken = [...list.children].filter((one) => !one.querySelector('.error') && !one.matches('.error, .note'));
      const room = Math.max(0, MOST - taken.length);
      for (const file of [...field.files].slice(0, room)) {
        const one = new Sending(form, file, list);
        sending.push(one);
        one.run();
      }
      const over = [...field.files].slice(room).map((file) => file.name);
      if (over.length) tell(list, say('many', { names: over.join(', ') }));
      field.value = '';
    });
  }
})();
