'use strict';
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();

  function element(tag, text, name) {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (name) node.className = name;
    return node;
  }

  function number(value, digits) {
    return value === null ? '' : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  function goalText(row) {
    return row.bound === null ? '' : (row.atMost ? 'at most ' : 'at least ') + number(row.bound, 2);
  }

  function verdict(row) {
    if (row.reached === null) return element('td', '');
    return element('td', row.reached ? '✓ reached' : '✗ missed', row.reached ? 'reached' : 'missed');
  }

  function table(rows) {
    const node = element('table');
    const head = element('tr');
    const allocates = rows.some((row) => row.numerator.allocatedBytes !== null) ? ['allocates'] : [];
    const titles = ['', 'ratio', 'goal', '', 'figure', ...allocates, 'against', 'figure', ...allocates];
    for (const title of titles) head.append(element('th', title));
    node.append(head);
    for (const row of rows) {
      const line = element('tr');
      const ratio = element('td', row.trouble === null ? number(row.ratio.median, 3) + ' ' : row.trouble);
      if (row.trouble === null) ratio.append(element('span', '(' + number(row.ratio.least, 2) + ' to ' + number(row.ratio.greatest, 2) + ')', 'range'));
      line.append(element('td', row.name), ratio, element('td', goalText(row)), verdict(row));
      for (const side of [row.numerator, row.denominator]) {
        if (side === row.denominator) line.append(element('td', side.cell.replace(/^\w+Benchmark\./, '')));
        line.append(element('td', number(side.median, side.median < 1000 ? 1 : 0) + ' ' + side.unit));
        for (const column of allocates) line.append(element('td', number(side.allocatedBytes, 0) + ' B'));
      }
      node.append(line);
    }
    const frame = element('div', undefined, 'scroll');
    frame.append(node);
    return frame;
  }

  // The bars have the colour of their verdict; that of the first says nothing of the others.
  function legend(chart) {
    const labels = Chart.defaults.plugins.legend.labels.generateLabels(chart);
    labels[0].fillStyle = labels[0].strokeStyle = colour('--faint');
    return labels;
  }

  function chart(place, title, rows) {
    const box = element('div', undefined, 'chart');
    const canvas = element('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', title + ': the ratios of the table below as bars');
    box.style.height = 5 + rows.length * 1.9 + 'rem';
    box.append(canvas);
    place.append(box);
    new Chart(canvas, {
      type: 'bar',
      data: {
        labels: rows.map((row) => row.name),
        datasets: [
          {
            label: 'ratio',
            data: rows.map((row) => row.ratio.median),
            backgroundColor: rows.map((row) => row.reached === false ? colour('--bad') : row.reached ? colour('--good') : colour('--faint')),
            maxBarThickness: 18,
          },
          {
            label: 'goal',
            type: 'scatter',
            data: rows.map((row) => row.bound === null ? null : { x: row.bound, y: row.name }).filter((point) => point !== null),
            pointStyle: 'line', rotation: 90, radius: 12, borderWidth: 3, borderColor: colour('--ink'),
          },
        ],
      },
      options: {
        indexAxis: 'y', animation: false, responsive: true, maintainAspectRatio: false,
        color: colour('--ink'),
        plugins: { legend: { display: true, labels: { usePointStyle: true, color: colour('--ink'), generateLabels: legend } } },
        scales: {
          x: { beginAtZero: true, grid: { color: colour('--line') }, ticks: { color: colour('--faint') } },
          y: { grid: { display: false }, ticks: { color: colour('--ink'), autoSkip: false } },
        },
      },
    });
  }

  const facts = document.getElementById('facts');
  for (const [name, value] of [['measured', data.at], ...Object.entries(data.facts)]) {
    facts.append(element('dt', name), element('dd', value));
  }
  const runs = document.getElementById('runs');
  for (const [jvm, rows] of Object.entries(data.runs)) {
    runs.append(element('h2', jvm));
    for (const group of new Set(rows.map((row) => row.group))) {
      const members = rows.filter((row) => row.group === group);
      runs.append(element('h3', group));
      chart(runs, group, members);
      runs.append(table(members));
    }
  }
})();
