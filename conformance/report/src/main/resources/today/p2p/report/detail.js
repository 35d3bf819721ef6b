
const MANY = 300;

/** All about one case: what is asked and why, its bytes, and what each testee made of it. */
const caseDetail = (one, run, marks) => {
  const views = one.bytes.map(byteView);
  return [
    el('p', {class: 'comment'}, visible(one.comment)),
    el('ul', {class: 'tags'}, ...[one.level, one.op, 'since ' + one.since, one.file, ...one.flags].filter(Boolean)
      .map(tag => el('li', {}, visible(tag)))),
    ...one.clauses.map(sentence),
    ...meaning((expectation(one) || {}).err, run, 'Must be refused with '),
    el('h3', {}, 'Verdicts'),
    ...run.testees.map((testee, at) => judged(one, testee, at, run, marks)),
    el('h3', {}, views.length ? 'Bytes' : 'Input'),
    ...(views.length ? views : []),
    el('details', {}, el('summary', {}, 'input and expectation as the suite has them'),
      el('pre', {class: 'raw'}, visible(one.op + ' ' + one.input)), el('pre', {class: 'raw'}, visible(one.result + ' ' + one.expected))),
  ];
};

/** The clause's words, taken from its row of the matrix. */
const sentence = id => {
  const row = document.getElementById(id);
  const text = row && row.querySelector('.text');
  return el('p', {class: 'sentence'}, el('a', {href: '#' + id}, el('code', {}, visible(id))), ' ',
    ...(text ? [...text.cloneNode(true).childNodes] : ['']));
};

/** What one testee made of the case: one line if all is well, everything there is to know if not. */
const judged = (one, testee, at, run, marks) => {
  const result = testee.byCase.get(one.id);
  const name = el('b', {}, visible(testee.label) || '(no name)');
  if (!result) return el('p', {class: 'judged left'}, el('span', {}, name, ' was not asked: the filter of this run left it out'));
  const mark = marks.get(markOf(result));
  const settled = mark.word === 'pass' || mark.word === 'skip';
  const box = el('details', {class: 'judged ' + mark.tone, id: 'judged-' + at, open: !settled});
  box.append(el('summary', {}, name, el('span', {class: mark.tone, title: mark.meaning}, mark.symbol + ' ' + mark.word),
    result.cause ? el('code', {}, visible(result.cause)) : null,
    mark.word === 'skip' ? el('span', {class: 'why'}, visible(result.text || '')) : null,
    result.kind === 'NONE' ? null : el('span', {class: 'took'}, result.elapsedMs.toFixed(1) + ' ms')));
  if (result.text && mark.word !== 'skip') box.append(el('p', {class: 'finding'}, visible(result.text)));
  if (result.baseline) box.append(el('p', {class: 'meaning'}, 'baseline: ' + visible(result.baseline)));
  const expected = expectation(one);
  const got = reply(result);
  if (got && got.err !== (expected || {}).err) box.append(...meaning(got.err, run, 'It said '));
  const table = result.kind === 'NONE' || mark.word === 'skip' ? null : comparison(expected, got, result, mark.word === 'pass');
  if (table) box.append(table);
  if (!settled && result.reply != null && !got) box.append(el('p', {class: 'meaning'}, 'It said:'), el('pre', {class: 'raw'}, visible(result.reply)));
  if (result.detail && !(result.text || '').includes(result.detail)) box.append(el('p', {class: 'meaning'}, 'Detail: ' + visible(result.detail)));
  if (result.stderr) box.append(el('p', {class: 'meaning'}, 'The end of its stderr:'), el('pre', {class: 'raw'}, visible(result.stderr)));
  if (result.bytes) box.append(...result.bytes.map(byteView));
  box.append(el('div', {class: 'repeat'}, el('code', {}, visible(testee.repeat + one.id)), copyButton(testee.repeat + one.id, 'copy')));
  return box;
};

/** What an error code of the registry means; nothing for anything else. */
const meaning = (code, run, before) => typeof code === 'string' && Object.hasOwn(run.errors, code)
  ? [el('p', {class: 'meaning'}, before, el('code', {}, code), ': ' + run.errors[code] + '.')] : [];

/** Passed under another error code is a mark of its own. */
const markOf = result => result.verdict === 'PASS' && result.imprecise ? 'IMPRECISE' : result.verdict;

const parsed = text => {
  try { return JSON.parse(text); } catch (broken) { return undefined; }
};

/** What must come back, as a reply: {ok} or {err}. */
const expectation = one => {
  const value = parsed(one.expected);
  if (value === undefined || value === null || typeof value !== 'object') return value === undefined ? null : {ok: value};
  if ('err' in value) return {err: value.err};
  return 'ok' in value ? {ok: value.ok} : {ok: value};
};

const reply = result => {
  const value = result.reply == null ? undefined : parsed(result.reply);
  if (value === undefined || value === null || typeof value !== 'object') return null;
  for (const key of ['ok', 'err', 'skip']) if (key in value) return {[key]: value[key]};
  return null;
};

/** Expected beside got, a line a field; the first difference is marked. */
const comparison = (expected, got, result, passed) => {
  const left = leaves(expected);
  if (passed && !got) return null;
  const right = leaves(got);
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  if (!paths.length || (passed && paths.length > MANY)) return null;
  let first = passed ? -1 : paths.findIndex(path => result.path && path.startsWith(result.path));
  if (!passed && first < 0) first = paths.findIndex(path => left.get(path) !== right.get(path));
  const rows = paths.slice(0, MANY).map((path, at) => {
    const style = at === first ? 'first' : !passed && left.get(path) !== right.get(path) ? 'differs' : null;
    return el('tr', {class: style}, el('td', {}, visible(path)), cell(left.get(path)), cell(right.get(path)));
  });
  return el('table', {class: 'diff'},
    el('thead', {}, el('tr', {}, ...['field', 'expected', 'got'].map(title => el('th', {scope: 'col'}, title)))), el('tbody', {}, ...rows));
};

const cell = text => el('td', {}, text === undefined ? '—' : text.length > 600 ? visible(text.slice(0, 600)) + ' … (' + text.length + ' characters)' : visible(text));

/** Every scalar of a reply by its path; values in the notation of the testee protocol ({"$bin":..}) count as scalars. */
const leaves = answer => {
  const found = new Map();
  if (!answer) return found;
  const [kind] = Object.keys(answer);
  const todo = [{path: kind === 'ok' ? '$' : kind, value: answer[kind]}];
  while (todo.length && found.size < 4000) {
    const {path, value} = todo.pop();
    const keys = value !== null && typeof value === 'object' ? Object.keys(value) : [];
    if (!keys.length || keys.some(key => key.startsWith('$'))) {
      found.set(path, JSON.stringify(value));
    } else {
      const child = Array.isArray(value) ? key => path + '[' + key + ']' : key => path + '.' + key;
      for (const key of keys.reverse()) todo.push({path: child(key), value: value[key]});
    }
  }
  return found;
};

const copyButton = (text, word) => {
  const button = el('button', {type: 'button', class: 'act', click: () => copy(text).then(() => {
    button.textContent = 'copied';
    setTimeout(() => { button.textContent = word; }, 1500);
  })}, word);
  return button;
};

/** A page opened from a file may not have the clipboard interface; then the old way. */
const copy = async text => {
  try {
    await navigator.clipboard.writeText(text);
  } catch (denied) {
    const area = el('textarea', {readonly: true});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
};
