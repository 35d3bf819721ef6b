'use strict';
// The run's texts come from programs under test. They reach the page as text nodes and attributes only, never as markup.

/** Makes an element; children are nodes or texts, null is left out. */
const el = (tag, props, ...kids) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (key === 'click') node.addEventListener('click', value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...kids.filter(kid => kid != null));
  return node;
};

/** Spells out what a reader could not see: controls, marks that turn the direction of writing, halves of pairs. */
const visible = text => String(text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, c =>
  c === '\n' || c === '\t' ? c : '\\u' + c.codePointAt(0).toString(16).padStart(4, '0'));

const ROW = matchMedia('(max-width: 44rem)').matches ? 8 : 16;
const FIRST_ROWS = 24;
const FIRST_RANGES = 60;

/** Bytes with names: a hex dump in which each named part has a colour, and the same parts as a table. */
const byteView = view => {
  const bytes = view.hex.match(/../g) || [];
  const ranges = view.ranges.map(([from, to, depth, name, value]) => ({from, to, depth, name, value}));
  const owner = owners(bytes.length, ranges);
  const root = el('div', {class: 'view'});
  const notes = [view.title + ', ' + view.total + (view.total === 1 ? ' byte' : ' bytes')];
  if (bytes.length < view.total) notes.push('the first ' + bytes.length + ' are shown');
  root.append(el('p', {}, notes.map(visible).join('; ')));
  if (bytes.length) {
    const dump = el('div', {class: 'hex', tabindex: 0, role: 'img', 'aria-label': 'hex dump of ' + view.title + '; the table below names its parts'});
    inSteps(dump, Math.ceil(bytes.length / ROW), FIRST_ROWS, at => hexRow(at * ROW, bytes, owner, {...view, ranges}), 'rows');
    root.append(dump);
  }
  if (view.errorAt >= 0) {
    root.append(el('p', {class: 'errmark'}, '▲ the check fails at offset ' + view.errorAt + ' (0x' + view.errorAt.toString(16) + ')'
      + (view.errorAt >= view.total ? ', after the last byte' : '') + bareOffset(ranges, view.errorAt)));
  }
  if (ranges.length) {
    const body = el('tbody');
    inSteps(body, ranges.length, FIRST_RANGES, at => rangeRow(at, ranges), 'parts');
    root.append(el('table', {class: 'ranges'}, el('thead', {}, el('tr', {},
      ...['offset', 'bytes', 'part', 'value'].map(title => el('th', {scope: 'col'}, title)))), body));
  }
  light(root);
  return root;
};

/** Error replies count from the bare message (ERR-2), which begins after the checksum. */
const bareOffset = (ranges, at) => {
  const checksum = ranges.find(range => range.name === 'checksum');
  return checksum && at >= checksum.to ? ', which is offset ' + (at - checksum.to) + ' of the bare message' : '';
};

/** Which range each byte belongs to: the deepest one; -1 for none. */
const owners = (length, ranges) => {
  const owner = new Int32Array(length).fill(-1);
  const byDepth = ranges.map((range, at) => at).sort((a, b) => ranges[a].depth - ranges[b].depth || a - b);
  for (const at of byDepth) owner.fill(at, Math.max(0, ranges[at].from), Math.min(length, ranges[at].to));
  return owner;
};

const hexRow = (start, bytes, owner, view) => {
  const cells = el('span', {class: 'cells'});
  const ascii = el('span', {class: 'ascii'});
  const end = Math.min(start + ROW, bytes.length);
  for (let at = start; at < end;) {
    const wrong = at === view.errorAt;
    let to = at + 1;
    while (!wrong && to < end && owner[to] === owner[at] && to !== view.errorAt) to++;
    const range = view.ranges[owner[at]];
    const style = 'run' + (range ? ' c' + owner[at] % 8 : '') + (range && range.from === at ? ' starts' : '') + (wrong ? ' wrong' : '');
    const props = {class: style, 'data-part': owner[at], title: range ? visible(range.name + ' = ' + range.value) : null};
    cells.append(el('span', props, bytes.slice(at, to).join(' ')), to < end ? ' ' : '');
    ascii.append(el('span', {class: wrong ? 'run wrong' : 'run', 'data-part': owner[at]}, bytes.slice(at, to).map(printable).join('')));
    at = to;
  }
  return el('div', {class: 'row'}, el('span', {class: 'at'}, start.toString(16).padStart(4, '0')), cells, ascii);
};

const printable = byte => {
  const code = parseInt(byte, 16);
  return code > 32 && code < 127 ? String.fromCharCode(code) : '·';
};

const rangeRow = (at, ranges) => {
  const range = ranges[at];
  const swatch = el('span', {class: 'swatch c' + at % 8, 'aria-hidden': 'true'});
  return el('tr', {'data-part': at, tabindex: 0},
    el('td', {}, String(range.from)), el('td', {}, String(range.to - range.from)),
    el('td', {}, el('span', {class: 'd' + Math.min(range.depth, 4)}, swatch, visible(range.name))),
    el('td', {class: 'value'}, visible(range.value)));
};

/** Appends what fits a screen; a button brings the rest. */
const inSteps = (parent, count, first, make, what) => {
  const fill = (from, to) => { for (let at = from; at < to; at++) parent.append(make(at)); };
  fill(0, Math.min(first, count));
  if (count <= first) return;
  const more = el('button', {type: 'button', class: 'act', click: () => { holder.remove(); fill(first, count); }},
    'show the other ' + (count - first) + ' ' + what);
  const holder = parent.tagName === 'TBODY' ? el('tr', {}, el('td', {colspan: 4}, more)) : more;
  parent.append(holder);
};

/** A part under the pointer, or whose line has the focus, lights up in the dump and in the table. */
const light = root => {
  const show = event => {
    const part = event.target.closest('[data-part]');
    root.querySelectorAll('.lit').forEach(node => node.classList.remove('lit'));
    if (part && part.dataset.part !== '-1' && event.type !== 'mouseleave') {
      root.querySelectorAll('[data-part="' + part.dataset.part + '"]').forEach(node => node.classList.add('lit'));
    }
  };
  for (const type of ['mouseover', 'focusin', 'mouseleave']) root.addEventListener(type, show);
};
