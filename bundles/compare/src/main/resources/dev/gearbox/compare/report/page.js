'use strict';
const report = JSON.parse(document.getElementById('report').textContent);
const palette = ['#8793a1', '#0072b2', '#e69f00', '#009e73', '#cc79a7'];
const colours = Object.fromEntries([...report.schedulers, 'all'].map((name, i) => [name, palette[i % palette.length]]));

/* Three significant digits, thin spaces between thousands, no exponents. */
function figure(value) {
    if (value === 0) return '0';
    const rounded = Number(value.toPrecision(3));
    return Math.abs(rounded) >= 1000
        ? rounded.toLocaleString('en-US').replaceAll(',', '\u2009')
        : rounded.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function element(parent, tag, text, className) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return parent.appendChild(made);
}

function group(list, key) {
    const groups = new Map();
    list.forEach(one => groups.set(key(one), [...(groups.get(key(one)) || []), one]));
    return groups;
}

/* Whiskers from the least to the greatest round, and the median as a number beside them. */
const spread = {
    id: 'spread',
    afterDatasetsDraw(chart) {
        const { ctx, scales: { x } } = chart;
        ctx.save();
        ctx.font = '12px system-ui, sans-serif';
        ctx.textBaseline = 'middle';
        chart.data.datasets.forEach((set, i) => chart.getDatasetMeta(i).data.forEach((bar, j) => {
            const result = set.results[j];
            if (!result) return;
            const from = x.getPixelForValue(result.min);
            const to = x.getPixelForValue(result.max);
            if (result.rounds.length > 1) {
                ctx.strokeStyle = '#1d2733';
                ctx.lineWidth = 1.4;
                ctx.beginPath();
                ctx.moveTo(from, bar.y); ctx.lineTo(to, bar.y);
                ctx.moveTo(from, bar.y - 4); ctx.lineTo(from, bar.y + 4);
                ctx.moveTo(to, bar.y - 4); ctx.lineTo(to, bar.y + 4);
                ctx.stroke();
            }
            ctx.fillStyle = '#1d2733';
            ctx.fillText(figure(result.median), Math.max(bar.x, to) + 7, bar.y);
        }));
        ctx.restore();
    }
};

function plot(parent, height, config) {
    const box = element(parent, 'div', undefined, 'plot');
    box.style.height = height + 'px';
    new Chart(element(box, 'canvas'), config);
}

function axis(text, better) {
    return { display: true, color: '#5b6875', text: text + (better ? `  (${better} is better)` : '') };
}

/* Bars of all metrics that have one unit, the schedulers side by side. */
function bars(parent, unit, results) {
    const metrics = [...new Set(results.map(result => result.metric))];
    const schedulers = [...new Set(results.map(result => result.scheduler))];
    const directions = new Set(results.map(result => result.better));
    plot(parent, 58 + metrics.length * (16 + 24 * schedulers.length), {
        type: 'bar',
        plugins: [spread],
        data: {
            labels: metrics,
            datasets: schedulers.map(scheduler => {
                const own = metrics.map(metric =>
                    results.find(result => result.metric === metric && result.scheduler === scheduler));
                return {
                    label: scheduler,
                    results: own,
                    data: own.map(result => result ? result.median : null),
                    backgroundColor: colours[scheduler],
                    borderRadius: 3,
                    categoryPercentage: 0.82,
                    barPercentage: 0.86
                };
            })
        },
        options: {
            indexAxis: 'y',
            animation: false,
            maintainAspectRatio: false,
            plugins: {
                legend: { display: false },
                tooltip: {
                    callbacks: {
                        label: item => {
                            const result = item.dataset.results[item.dataIndex];
                            return `${result.scheduler}: ${figure(result.median)} ${unit}`
                                + ` (${figure(result.min)} to ${figure(result.max)}, ${result.rounds.length} rounds)`;
                        }
                    }
                }
            },
            scales: {
                x: {
                    beginAtZero: true,
                    suggestedMax: 1.16 * Math.max(...results.map(result => Math.max(result.max, result.median))),
                    title: axis(unit, directions.size === 1 ? [...directions][0] : ''),
                    grid: { color: '#edf0f2' },
                    ticks: { callback: value => figure(value), maxTicksLimit: 7 }
                },
                y: { grid: { display: false } }
            }
        }
    });
}

/* A latency's percentiles, the last ones as far apart as the first, over a logarithmic scale. */
function percentiles(parent, metric, unit, latencies) {
    const labels = latencies[0].percentiles.map(point => point.percent === 100 ? 'max' : 'p' + point.percent);
    const positive = latencies.flatMap(latency => latency.percentiles.map(point => point.value)).filter(v => v > 0);
    const least = Math.max(Math.min(...positive), 1e-3);
    plot(parent, 270, {
        type: 'line',
        data: {
            labels,
            datasets: latencies.map(latency => ({
                label: latency.scheduler,
                data: latency.percentiles.map(point => Math.max(point.value, least)),
                borderColor: colours[latency.scheduler],
                backgroundColor: colours[latency.scheduler],
                borderWidth: 2.5,
                pointRadius: 3.5,
                tension: 0.15
            }))
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            interaction: { mode: 'index', intersect: false },
            plugins: {
                legend: { display: false },
                tooltip: { callbacks: { label: item => `${item.dataset.label}: ${figure(item.parsed.y)} ${unit}` } }
            },
            scales: {
                x: { title: axis(`percentile of ${metric}`), grid: { display: false } },
                y: {
                    type: 'logarithmic',
                    title: axis(unit + ', logarithmic', 'lower'),
                    grid: { color: '#edf0f2' },
                    ticks: { callback: value => /^[125]/.test(value.toExponential()) ? figure(value) : '', maxTicksLimit: 12 }
                }
            }
        }
    });
}

/* The same is what differs by 5 % at most, or what lies within both spreads. */
function ratioCell(row, ratio, one, other) {
    const known = ratio && ratio.better !== null;
    const better = known ? ratio.better : 1;
    const within = (a, b) => a.median >= b.min && a.median <= b.max;
    const same = !known || Math.abs(better - 1) <= 0.05 || within(one, other) && within(other, one);
    element(row, 'td', known ? (better < 10 ? better.toFixed(2) : figure(better)) + '×' : '–',
        same ? undefined : better > 1 ? 'good' : 'bad');
}

function table(parent, results) {
    const schedulers = [...new Set(results.map(result => result.scheduler))];
    const baseline = report.schedulers[0];
    const others = schedulers.filter(name => name !== baseline && report.schedulers.includes(name));
    const body = element(parent, 'table');
    const head = element(body, 'tr');
    element(head, 'th', 'metric');
    schedulers.forEach(name => element(head, 'th', name));
    others.forEach(name => element(head, 'th', `${name} : ${baseline}`));
    for (const [metric, own] of group(results, result => result.metric)) {
        const row = element(body, 'tr');
        const name = element(row, 'td', metric + ' ');
        element(name, 'small', own[0].unit);
        schedulers.forEach(scheduler => {
            const result = own.find(one => one.scheduler === scheduler);
            const cell = element(row, 'td', result ? figure(result.median) + ' ' : '');
            if (result && result.rounds.length > 1) {
                element(cell, 'small', `${figure(result.min)} – ${figure(result.max)}`);
            }
        });
        others.forEach(scheduler => ratioCell(
            row,
            report.ratios.find(ratio => ratio.scenario === own[0].scenario
                && ratio.metric === metric && ratio.scheduler === scheduler),
            own.find(one => one.scheduler === scheduler),
            own.find(one => one.scheduler === baseline)));
    }
}

function card(name, description) {
    const results = report.results.filter(result => result.scenario === name);
    const latencies = report.latencies.filter(latency => latency.scenario === name);
    const section = element(document.getElementById('scenarios'), 'section');
    element(section, 'h2', name);
    element(section, 'p', description);
    for (const [metric, own] of group(latencies, latency => latency.metric)) {
        percentiles(section, metric, own[0].unit, own);
    }
    const plotted = new Set(latencies.flatMap(latency => ['p50', 'p99', 'max'].map(p => `${latency.metric} ${p}`)));
    const rest = results.filter(result => !plotted.has(result.metric));
    const main = rest.filter(result => result.metric !== 'CPU time' || result.unit === rest[0].unit);
    for (const [unit, own] of group(main, result => result.unit)) {
        if (own.some(result => report.schedulers.includes(result.scheduler))) bars(section, unit, own);
    }
    if (results.length) table(section, results);
    else element(section, 'p', 'No round was measured.');
}

function list(parent, title, texts, className) {
    if (!texts.length) return;
    const box = element(parent, 'div', undefined, className);
    element(box, 'strong', title);
    const items = element(box, 'ul');
    texts.forEach(text => element(items, 'li', text));
}

document.getElementById('environment').textContent =
    `${report.date} · JDK ${report.jdk} · ${report.cpus} processors · ${report.collector} · heap up to ${report.heapMegabytes} MB`;
report.schedulers.forEach(name => {
    const item = element(document.getElementById('legend'), 'span');
    element(item, 'i').style.background = colours[name];
    item.append(name);
});
element(document.getElementById('legend'), 'span',
    'Bars are medians of the rounds; whiskers go from the least to the greatest; a ratio over 1 is better than '
    + report.schedulers[0] + ', coloured where the difference is over 5 % and outside of the spread.').style.whiteSpace = 'normal';
list(document.querySelector('header'), 'This comparison does not hold:', report.problems.map(problem =>
    `${problem.scenario} on ${problem.scheduler}: ${problem.kind}: ${problem.reason}`), 'problems');
Object.entries(report.scenarios).forEach(([name, description]) => card(name, description));
list(document.getElementById('notes'), 'Notes', report.notes);
