#!/usr/bin/env python3
"""Medians, ratios and plots of what run.sh has measured: report.py RUNS [FOLDER]

Prints the summary as Markdown; with a folder, puts it there as summary.md, and the plots beside it.
"""
import json
import os
import platform
import re
import statistics
import subprocess
import sys

import plot

NAMES = {'direct': 'no proxy', 'gemini-proxy': 'gemini-proxy', 'nginx': 'nginx', 'haproxy': 'HAProxy', 'node': 'Node',
         'qnam': 'QNetworkAccessManager', 'gemini-desk': 'gemini-desk'}
OURS = 'gemini-proxy'
COMPARED = ('nginx', 'node')


class Runs:
    def __init__(self, path):
        with open(path, encoding='utf-8') as lines:
            self.runs = [json.loads(line) for line in lines]
        self.peers = [name for name in NAMES if any(run['peer'] == name for run in self.runs)]
        self.scenarios = {run['scenario'] for run in self.runs}

    def median(self, scenario, peer, figure):
        values = [figure(run) if callable(figure) else run.get(figure)
                  for run in self.runs if (run['scenario'], run['peer']) == (scenario, peer)]
        values = [value for value in values if value is not None]
        return statistics.median(values) if values else None

    def failures(self, peer):
        return {run['scenario']: int(run['failures']) for run in self.runs if run['peer'] == peer and run['failures']}


def number(value):
    if value is None:
        return '–'
    return f'{value:.0f}' if abs(value) >= 100 else f'{value:.1f}' if abs(value) >= 10 else f'{value:.2f}'


def ratio(ours, theirs):
    return f'{ours / theirs:.2f}' if ours is not None and theirs and theirs > 0 else '–'


def table(title, head, rows, runs, figures, note='', peers=None, scale=1.0):
    """A row for each scenario that was run, a column for each peer; ratios are of the first figure."""
    rows = [(label, scenario) for label, scenario in rows if scenario in runs.scenarios]
    if not rows:
        return ''
    peers = [peer for peer in peers or runs.peers if peer in runs.peers]
    compared = [peer for peer in COMPARED if peer in peers and OURS in peers]
    lines = [f'### {title}', '', *([note, ''] if note else []),
             '| ' + ' | '.join([head, *(NAMES[p] for p in peers), *(f'÷ {NAMES[p]}' for p in compared)]) + ' |',
             '|---' + '|--:' * (len(peers) + len(compared)) + '|']
    for label, scenario in rows:
        cells = []
        for peer in peers:
            values = [runs.median(scenario, peer, figure) for figure in figures]
            known = [number(None if value is None else value * scale) for value in values]
            cells.append('–' if values[0] is None else ' / '.join(known))
        ours = runs.median(scenario, OURS, figures[0])
        cells += [ratio(ours, runs.median(scenario, peer, figures[0])) for peer in compared]
        lines.append('| ' + ' | '.join([label, *cells]) + ' |')
    return '\n'.join(lines) + '\n\n'


def machine():
    with open('/proc/cpuinfo', encoding='utf-8') as lines:
        model = re.search(r'model name\s*: (.*)', lines.read())
    return (f'{os.cpu_count()} cores, {model[1] if model else platform.machine()}, '
            f'Linux {platform.release().split("-")[0]}')


def version(*command):
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    except OSError:
        return ''
    found = re.search(r'\d+\.\d+[.\d]*', said.stdout + said.stderr)
    return found[0] if found else ''


def versions(runs):
    asked = {'nginx': ('nginx', '-v'), 'haproxy': ('haproxy', '-v'), 'node': ('node', '--version')}
    return ', '.join(f'{NAMES[peer]} {version(*asked[peer])}' for peer in runs.peers if peer in asked)


def per_stream(run):
    streams = int(run['scenario'].split('-')[1])
    return (run['rss_kib'] - run['rss_idle_kib']) / streams if 'rss_kib' in run else None


def mib(name):
    return lambda run: run[name] / 1024 if name in run else None


def summary(runs):
    proxies = [peer for peer in runs.peers if peer != 'direct']
    paced = [(f'{n:,}', f'paced-{n}') for n in (1, 5, 50, 200, 1000)]
    many = paced[2:]
    bursts = [(f'{n:,}', f'burst-{n}') for n in (200, 1000)]
    floor = {scenario: runs.median(scenario, 'direct', 'delay_p50') for _, scenario in paced}

    def added(run):
        less = floor.get(re.sub('^(messages|responses)-', 'paced-', run['scenario']))
        return run['delay_p50'] - less if less is not None and 'delay_p50' in run else None

    rounds = max(run['round'] for run in runs.runs)
    late = max(runs.runs, key=lambda run: run.get('tool_late_p99', 0))
    text = (f'{machine()}; {versions(runs)}, one thread each. Median of {rounds} '
            'rounds in turn; p50 or p50 / p99 of a round. Ratios are gemini-proxy’s p50 to theirs.\n\n')
    text += table('Added delay per event, µs', 'streams', paced, runs, [added], peers=proxies,
                  note='Events of 200 bytes, 20 a second and stream, each stream in a phase of its own; from the '
                       'upstream’s write to the client’s read, less the same without a proxy.')
    text += translated(runs, added)
    text += table('Delay per event, µs', 'streams', paced, runs, ['delay_p50', 'delay_p99'])
    text += table('Processor time per event, µs', 'streams', paced, runs, ['cpu_us'], peers=proxies)
    text += table('Time to first byte, a stream opened after the other, ms', 'streams', paced, runs,
                  ['ttfb_p50', 'ttfb_p99'], scale=1e-3)
    text += table('Time to first byte, all connect at once, ms', 'clients', bursts, runs,
                  ['ttfb_p50', 'ttfb_p99'], scale=1e-3)
    text += table('Resident memory per stream, KiB', 'streams', many, runs, [per_stream], peers=proxies)
    text += table('Resident memory of the process, MiB', 'streams', many, runs, [mib('rss_kib')], peers=proxies)
    flood = [('8 streams', 'flood')]
    text += table('As fast as possible, events a second', '', flood, runs, ['events_per_second'])
    text += table('As fast as possible, processor time per event, µs', '', flood, runs, ['cpu_us'], peers=proxies)
    text_bodies = [('1 MB', 'body-1'), ('20 MB', 'body-20')]
    text += table('Large request bodies, until the answer’s end, ms', 'body', text_bodies, runs,
                  ['time_p50', 'time_p99'], scale=1e-3)
    text += table('Large request bodies, the process at its largest, MiB', 'body', text_bodies, runs,
                  [mib('rss_peak_kib')], peers=proxies)
    short = [('kept-alive', 'unary-kept'), ('new', 'unary-new')]
    text += table('Short requests of 8 clients, until the answer’s end, ms', 'connections', short, runs,
                  ['time_p50', 'time_p99'], scale=1e-3)
    text += table('Short requests, processor time per request, µs', 'connections', short, runs, ['cpu_us'], peers=proxies)
    if 'tls' in runs.scenarios:
        text += ('### TLS to the upstream, 25 ms away in each direction\n\n'
                 'Ten requests on connections of their own, 2 s after the start; time to first byte, ms.\n\n'
                 '| | ' + ' | '.join(NAMES[peer] for peer in proxies) + ' |\n|---' + '|--:' * len(proxies) + '|\n')
        for label, figure in (('first', 'first_ttfb'), ('tenth', 'tenth_ttfb')):
            values = [runs.median('tls', peer, figure) for peer in proxies]
            text += f'| {label} | ' + ' | '.join(number(None if v is None else v / 1000) for v in values) + ' |\n'
        text += '\n'
    failures = [f'{NAMES[peer]} {count} in {scenario}' for peer in runs.peers
                for scenario, count in runs.failures(peer).items()]
    text += 'Failures: ' + ('; '.join(failures) if failures else 'none') + '.\n'
    if 'tool_late_p99' in late:
        text += (f'What the tool itself was late with an event, p99 at its worst: {number(late["tool_late_p99"])} µs, '
                 f'in {late["scenario"]} through {NAMES[late["peer"]]}.\n')
    return text, added


def translated(runs, added):
    """What the translation of other APIs costs, beside the same stream as Gemini sends it."""
    lines = []
    for n in (50, 200):
        plain = runs.median(f'paced-{n}', OURS, added), runs.median(f'paced-{n}', OURS, 'cpu_us')
        for label, name in (('Messages', 'messages'), ('Responses', 'responses')):
            if f'{name}-{n}' not in runs.scenarios or plain[0] is None:
                continue
            delay = runs.median(f'{name}-{n}', OURS, added)
            cpu = runs.median(f'{name}-{n}', OURS, 'cpu_us')
            lines.append(f'| {label}, {n} streams | {number(delay)} | {ratio(delay, plain[0])} | {number(cpu)} | '
                         f'{ratio(cpu, plain[1])} |')
    if not lines:
        return ''
    return '\n'.join(['### Translated, added delay and processor time per event, µs', '',
                      "Ratios: to the same number of streams that are passed on as Gemini sends them.", '',
                      '| API | added delay | ÷ passed on | processor time | ÷ passed on |', '|---|--:|--:|--:|--:|',
                      *lines]) + '\n\n'


def plots(runs, added, folder):
    counts = [n for n in (1, 5, 50, 200, 1000) if f'paced-{n}' in runs.scenarios]
    proxies = [peer for peer in runs.peers if peer != 'direct']
    if len(counts) < 2:
        return ''
    wanted = {
        'delay': ('Added delay per event, median, µs', added, counts),
        'processor': ('Processor time per event, µs', 'cpu_us', counts),
        'memory': ('Resident memory per stream, KiB', per_stream, [n for n in counts if n >= 50]),
    }
    for name, (title, figure, xs) in wanted.items():
        lines = {NAMES[peer]: [(n, runs.median(f'paced-{n}', peer, figure)) for n in xs] for peer in proxies}
        with open(os.path.join(folder, name + '.svg'), 'w', encoding='utf-8') as file:
            file.write(plot.lines(title, 'streams', lines, NAMES[OURS]))
    return ''.join(f'![{title}]({name}.svg)\n' for name, (title, _, _) in wanted.items()) + '\n'


def main():
    runs = Runs(sys.argv[1])
    text, added = summary(runs)
    print(text)
    if len(sys.argv) > 2:
        pictures = plots(runs, added, sys.argv[2])
        with open(os.path.join(sys.argv[2], 'summary.md'), 'w', encoding='utf-8') as file:
            file.write('# Figures\n\n' + pictures + text)


if __name__ == '__main__':
    main()
