
/** The results are packed, which makes the page a fifth of its size; every browser since 2023 unpacks them. */
const unpacked = base64 => {
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
};

(async () => {
  const $ = id => document.getElementById(id);
  if (!window.DecompressionStream) {
    document.body.append(el('p', {class: 'noscript'}, 'This browser cannot unpack the results; the matrix reads without them, and results.json has them.'));
    return;
  }
  const results = await unpacked($('data').textContent);
  const run = JSON.parse(results);
  const chips = [...document.querySelectorAll('#marks input')];
  const marks = new Map(chips.map(chip => [chip.value, chip.dataset]));
  const cases = new Map(run.cases.map(one => [one.id, one]));
  const byClause = new Map();
  for (const one of run.cases) {
    for (const clause of one.clauses.length ? one.clauses : [one.area + '-?']) {
      byClause.set(clause, [...byClause.get(clause) || [], one]);
    }
  }
  for (const testee of run.testees) testee.byCase = new Map(testee.results.map(result => [result.case, result]));
  const rows = [...document.querySelectorAll('#matrix .clause')];
  const detail = $('detail');
  let current = null;
  let opener = null;

  // Filters. A case is shown if one of the chosen testees has one of the chosen verdicts, and all else matches.

  const hay = new Map();
  const words = one => {
    if (!hay.has(one.id)) {
      const sentences = one.clauses.map(id => id + ' ' + (($(id) && $(id).querySelector('.text')) || {textContent: ''}).textContent);
      const told = run.testees.map(testee => testee.byCase.get(one.id)).filter(Boolean).map(result => (result.cause || '') + ' ' + (result.text || ''));
      hay.set(one.id, [one.id, one.op, one.comment, one.input, one.flags.join(' '), ...sentences, ...told].join('\n').toLowerCase());
    }
    return hay.get(one.id);
  };

  const wanted = () => {
    const chosen = chips.filter(chip => chip.checked).map(chip => chip.value);
    const bad = $('bad').checked ? chips.filter(chip => chip.dataset.tone === 'bad').map(chip => chip.value) : [];
    const verdicts = new Set([...chosen, ...bad]);
    const testee = $('testee').selectedIndex - 1;
    const asked = $('text').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return {
      testee, any: Boolean(asked.length || verdicts.size || $('bad').checked || $('area').value || $('flag').value),
      test: one => (!$('area').value || one.area === $('area').value)
        && (!$('flag').value || one.flags.includes($('flag').value))
        && (!(verdicts.size || $('bad').checked) || run.testees.some((each, at) => (testee < 0 || at === testee)
          && each.byCase.has(one.id) && verdicts.has(markOf(each.byCase.get(one.id)))))
        && asked.every(word => words(one).includes(word)),
    };
  };

  let filter = {testee: -1, any: false, test: () => true};

  const apply = () => {
    filter = wanted();
    const shown = new Set(run.cases.filter(filter.test).map(one => one.id));
    for (const row of rows) {
      const mine = (byClause.get(row.dataset.clause) || []).filter(one => shown.has(one.id));
      row.hidden = filter.any && !mine.length;
      fold(row, filter.any && mine.length > 0);
    }
    for (const body of document.querySelectorAll('.chapter')) {
      body.hidden = [...body.querySelectorAll('.clause')].every(row => row.hidden);
    }
    document.querySelectorAll('#matrix .testee').forEach((head, at) => { head.hidden = filter.testee >= 0 && at !== filter.testee; });
    document.querySelectorAll('#matrix tr').forEach(hideColumns);
    $('none').hidden = shown.size > 0 || !filter.any;
    $('fold').textContent = filter.any ? 'fold all' : 'unfold all';
    $('shown').textContent = filter.any ? shown.size + ' of ' + cases.size + ' cases' : cases.size + ' cases';
  };

  const hideColumns = row => row.querySelectorAll('td').forEach((cell, at) => { cell.hidden = filter.testee >= 0 && at !== filter.testee; });

  // Rows that open to their cases.

  const fold = (row, open) => {
    row.querySelector('.toggle').setAttribute('aria-expanded', open);
    while (row.nextElementSibling && row.nextElementSibling.classList.contains('case')) row.nextElementSibling.remove();
    if (open) row.after(...(byClause.get(row.dataset.clause) || []).filter(filter.test).map(caseRow));
    if (current) mark();
  };

  const isOpen = row => row.querySelector('.toggle').getAttribute('aria-expanded') === 'true';

  const caseRow = one => {
    const row = el('tr', {class: 'case', 'data-case': one.id},
      el('th', {scope: 'row'}, el('a', {href: '#' + one.id}, el('code', {}, visible(one.id))), ' ', visible(one.comment)));
    run.testees.forEach((testee, at) => {
      const result = testee.byCase.get(one.id);
      const of = result && marks.get(markOf(result));
      row.append(el('td', {}, !result ? '' : el('button', {type: 'button', class: 'cell ' + of.tone, title: visible(result.text || '') || of.meaning, click: () => go(one.id, at)},
        el('span', {class: 'symbol', 'aria-hidden': 'true'}, of.symbol), ' ' + of.word)));
    });
    hideColumns(row);
    return row;
  };

  /** The case of a cell that says most: the first with the worst verdict. */
  const worst = (clause, at) => {
    const order = [...marks.keys()];
    const mine = (byClause.get(clause) || []).filter(one => run.testees[at].byCase.has(one.id) && filter.test(one));
    const rank = one => order.indexOf(markOf(run.testees[at].byCase.get(one.id)));
    return mine.sort((a, b) => rank(a) - rank(b))[0];
  };

  // One case, opened by its address.

  const go = (id, at) => {
    if (location.hash === '#' + id) route();
    else location.hash = id;
    if (at !== undefined) setTimeout(() => { const box = $('judged-' + at); if (box) box.scrollIntoView({block: 'nearest'}); });
  };

  const route = () => {
    const id = location.hash.slice(1);
    if (cases.has(id)) show(cases.get(id));
    else if (!detail.hidden) close(false);
    const row = rows.find(each => each.dataset.clause === id);
    if (row && !isOpen(row)) { row.hidden = false; row.closest('.chapter').hidden = false; fold(row, true); row.scrollIntoView({block: 'center'}); }
  };

  const show = one => {
    if (detail.hidden) opener = document.activeElement;
    current = one.id;
    const link = location.href.split('#')[0] + '#' + one.id;
    detail.replaceChildren(
      el('div', {class: 'case-head'}, el('h2', {}, visible(one.id)), copyButton(link, 'copy link'),
        el('button', {type: 'button', 'aria-label': 'previous case', click: () => step(-1)}, '↑'),
        el('button', {type: 'button', 'aria-label': 'next case', click: () => step(1)}, '↓'),
        el('button', {type: 'button', 'aria-label': 'close the case', click: () => close(true)}, '✕')),
      ...caseDetail(one, run, marks));
    detail.hidden = false;
    detail.scrollTop = 0;
    document.body.classList.add('split');
    const row = rows.find(each => each.dataset.clause === (one.clauses[0] || one.area + '-?'));
    if (row && !isOpen(row)) fold(row, true);
    mark();
    const here = document.querySelector('.case.here');
    if (here) here.scrollIntoView({block: 'nearest'});
    detail.focus({preventScroll: true});
  };

  const mark = () => document.querySelectorAll('#matrix .case').forEach(row => row.classList.toggle('here', row.dataset.case === current));

  const close = forget => {
    detail.hidden = true;
    current = null;
    document.body.classList.remove('split');
    mark();
    if (forget) history.pushState(null, '', '#');
    if (opener && opener.isConnected) opener.focus({preventScroll: true});
  };

  const step = by => {
    const ids = [...new Set(run.cases.filter(filter.test).map(one => one.id))];
    const next = ids[ids.indexOf(current) + by] || (current ? null : ids[0]);
    if (next) go(next);
  };

  // What the reader does.

  $('matrix').addEventListener('click', event => {
    const row = event.target.closest('.clause');
    const button = event.target.closest('button');
    if (!row || !button) return;
    if (button.classList.contains('toggle')) return fold(row, !isOpen(row));
    const at = [...row.querySelectorAll('td')].indexOf(button.closest('td'));
    const one = worst(row.dataset.clause, at);
    if (one) go(one.id, at);
  });
  document.querySelectorAll('.card').forEach((card, at) => card.addEventListener('click', event => {
    const button = event.target.closest('.count');
    if (!button) return;
    chips.forEach(chip => { chip.checked = chip.value === button.dataset.mark; });
    $('bad').checked = false;
    $('testee').selectedIndex = at + 1;
    apply();
    $('filters').scrollIntoView();
  }));
  let later = 0;
  $('filters').addEventListener('input', () => { clearTimeout(later); later = setTimeout(apply, 120); });
  $('filters').addEventListener('submit', event => event.preventDefault());
  $('filters').addEventListener('reset', () => setTimeout(apply));
  $('fold').addEventListener('click', () => {
    const open = $('fold').textContent === 'unfold all';
    rows.forEach(row => fold(row, open));
    $('fold').textContent = open ? 'fold all' : 'unfold all';
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !detail.hidden) return close(true);
    if (event.target.closest('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); $('text').focus(); }
    if (event.key === 'j') step(1);
    if (event.key === 'k') step(-1);
    if (event.key === 'f') { $('bad').checked = !$('bad').checked; apply(); }
  });
  $('save').addEventListener('click', () => {
    const file = new Blob([results], {type: 'application/json'});
    const link = el('a', {href: URL.createObjectURL(file), download: 'results.json'});
    link.click();
    URL.revokeObjectURL(link.href);
  });
  window.addEventListener('hashchange', route);
  // The head of the matrix sticks below the filters, however many lines those take.
  new ResizeObserver(() => document.documentElement.style.setProperty('--bar', $('filters').offsetHeight + 'px')).observe($('filters'));
  $('save').hidden = false;
  $('filters').hidden = false;
  apply();
  route();
})();
