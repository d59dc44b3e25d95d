#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""opened_elsewhere.py PROGRAM [--all]: every format is opened by programs that are not ours, and what they show is
compared with the PNG of the same moment.

Without --all these are the small ones of every test run (librsvg, poppler, gifsicle, libwebp's webpinfo); with it also
Chromium, Inkscape, LibreOffice, pdflatex and ffmpeg. What is not installed is skipped with a word. Exit codes: 0 all
alike, 1 something is not, 77 nothing could be opened."""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

LESSON = 'first_collide'
SIZE = (1040, 740)
SMALL = {'rsvg-convert', 'pdftoppm', 'gifsicle', 'webpinfo'}
# Of all pixels, in sixteenths of a side: renderers smooth edges and hint letters in their own ways.
BLOCK = 16
WORST_BLOCK = 60  # mean grey of a block, of 255: something is missing or shifted
MEAN = 3          # of the whole picture

program = sys.argv[1]
with_all = '--all' in sys.argv[2:]
faults, opened = [], []


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, timeout=300, **more).stdout


def grey_of(path):
    """The picture on white, as rows of grey bytes: PNG, 8 bits, not interlaced."""
    data = open(path, 'rb').read()
    assert data[:8] == b'\x89PNG\r\n\x1a\n', path
    at, pixels, palette, clear = 8, b'', b'', b''
    while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b'IHDR':
            width, height, depth, colour, _, _, interlaced = struct.unpack('>IIBBBBB', body)
        elif kind == b'PLTE':
            palette = body
        elif kind == b'tRNS':
            clear = body
        elif kind == b'IDAT':
            pixels += body
        at += 12 + size
    assert depth == 8 and not interlaced, f'{path}: {depth} bits'
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    raw, stride, before, rows = zlib.decompress(pixels), width * channels, bytearray(width * channels), []
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride if kind else 0):
            left = line[i - channels] if i >= channels else 0
            up, corner = before[i], before[i - channels] if i >= channels else 0
            if kind == 4:
                guess = left + up - corner
                add = min((left, up, corner), key=lambda c: abs(guess - c))
            else:
                add = (0, left, up, (left + up) // 2)[kind]
            line[i] = (line[i] + add) & 255
        before = line
        if colour == 3:
            line = bytearray(b''.join(palette[3 * p:3 * p + 3] for p in line))
        step = 3 if colour == 3 else channels
        alpha = step if colour in (4, 6) else 0
        row = bytearray()
        for i in range(0, len(line), step):
            if step < 3:
                value = line[i]
            else:
                value = (299 * line[i] + 587 * line[i + 1] + 114 * line[i + 2]) // 1000
            if alpha:
                opaque = line[i + step - 1]
                value = (value * opaque + 255 * (255 - opaque)) // 255
            row.append(value)
        rows.append(row)
    return rows


def blocks_of(rows, width, height):
    """Means of BLOCK x BLOCK blocks, the picture brought to width x height by its nearest pixels."""
    from_y, from_x = len(rows) / height, len(rows[0]) / width
    picked = [[rows[min(int(y * from_y), len(rows) - 1)][min(int(x * from_x), len(rows[0]) - 1)]
               for x in range(0, width, 2)] for y in range(0, height, 2)]
    half = BLOCK // 2
    return [sum(sum(line[x:x + half]) for line in picked[y:y + half]) / (half * half)
            for y in range(0, len(picked) - half, half) for x in range(0, len(picked[0]) - half, half)]


def compare(what, shown, wanted):
    if not os.path.exists(shown):
        return faults.append(f'{what}: nothing was shown')
    ours, theirs = grey_of(wanted), grey_of(shown)
    if abs(len(theirs[0]) / len(theirs) - len(ours[0]) / len(ours)) > 0.02:
        return faults.append(f'{what}: {len(theirs[0])} x {len(theirs)} for {len(ours[0])} x {len(ours)}')
    differences = [abs(a - b) for a, b in zip(blocks_of(ours, *SIZE), blocks_of(theirs, *SIZE))]
    mean, worst = sum(differences) / len(differences), max(differences)
    opened.append(what)
    print(f'{what}: grey differs by {mean:.2f} in the mean and {worst:.0f} in the worst block')
    if mean > MEAN or worst > WORST_BLOCK:
        faults.append(f'{what}: shows something else')


def has(tool):
    if tool not in SMALL and not with_all:
        return False
    if not shutil.which(tool):
        print(f'{tool} is not installed: skipped')
        return False
    return True


def endings_of(command):
    words = ' '.join(run(program, command, '--help').decode().split())
    return re.findall(r'\.([a-z0-9]+)', re.search(r'which format:([^;)]*)', words).group(1))


def page_as_png(pdf, name):
    run('pdftoppm', '-r', '72', '-png', '-singlefile', pdf, name)
    return name + '.png'


def chromium(url, png):
    run('chromium', '--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1',
        f'--window-size={SIZE[0]},{SIZE[1]}', f'--screenshot={png}', url, env={**os.environ, 'HOME': os.getcwd()})


def still(ending):
    path = os.path.abspath('figure.' + ending)
    run(program, 'render', LESSON, '-o', path)
    if ending == 'svg':
        if has('xmllint'):
            run('xmllint', '--noout', path)
        if has('rsvg-convert'):
            run('rsvg-convert', path, '-o', 'rsvg.png')
            compare('SVG in librsvg', 'rsvg.png', 'wanted.png')
        if has('inkscape'):
            run('inkscape', path, '--export-type=png', '--export-filename=inkscape.png')
            compare('SVG in Inkscape', 'inkscape.png', 'wanted.png')
        if has('chromium'):
            chromium('file://' + path, 'chromium.png')
            compare('SVG in Chromium', 'chromium.png', 'wanted.png')
        if has('soffice'):
            run('soffice', '--headless', '-env:UserInstallation=file://' + os.path.abspath('office'), '--convert-to',
                'png', '--outdir', 'office', path)
            compare('SVG in LibreOffice', 'office/figure.png', 'wanted.png')
    elif ending == 'pdf':
        if has('pdftoppm'):
            compare('PDF in poppler', page_as_png(path, 'poppler'), 'wanted.png')
    elif ending == 'tex':
        if has('pdflatex') and has('pdftoppm'):
            run('pdflatex', '-interaction=nonstopmode', '-halt-on-error', path)
            compare('TikZ in pdflatex', page_as_png('figure.pdf', 'latex'), 'wanted.png')
    elif ending == 'png':
        if has('chromium'):
            run(program, 'render', LESSON, '--scale', '1', '-o', 'one.png')
            chromium('file://' + os.path.abspath('one.png'), 'page.png')
            compare('PNG in Chromium', 'page.png', 'wanted.png')
    else:
        print(f'.{ending}: no program is known here that opens it')


def moving(ending, steps):
    if ending in ('mp4', 'webm') and not has('ffmpeg'):
        return  # which makes them, too
    """At three moments: --still makes one frame a step."""
    path = os.path.abspath('film.' + ending)
    run(program, 'animate', LESSON, '--still', '-o', path)
    moments = sorted({0, steps // 2, steps})
    if ending == 'gif' and has('gifsicle'):
        frames = len(re.findall(rb'^  \+ image #', run('gifsicle', '--info', path), re.M))
        opened.append('GIF in gifsicle')
        print(f'GIF in gifsicle: {frames} frames')
        if frames != steps + 1:
            faults.append(f'GIF in gifsicle: {frames} frames for {steps + 1} moments')
    if ending == 'webp' and has('webpinfo'):
        said = run('webpinfo', path)
        frames = said.count(b'Chunk ANMF')
        opened.append('WebP in webpinfo')
        print(f'WebP in webpinfo: {frames} frames')
        if b'No error detected' not in said or frames != steps + 1:
            faults.append(f'WebP in webpinfo: {frames} frames for {steps + 1} moments')
    if ending in ('gif', 'apng', 'mp4', 'webm') and has('ffmpeg'):
        for moment in moments if ending in ('gif', 'apng') else []:
            run('ffmpeg', '-y', '-v', 'error', '-ignore_loop' if ending == 'gif' else '-xerror',
                *(['1'] if ending == 'gif' else []), '-i', path, '-vf', f'select=eq(n\\,{moment})', '-vsync', '0',
                '-frames:v', '1', '-pix_fmt', 'rgb24', 'frame.png')
            run(program, 'render', LESSON, '--step', str(moment), '-o', 'moment.png', '--scale', '1')
            compare(f'{ending.upper()} in ffmpeg, step {moment}', 'frame.png', 'moment.png')
            os.remove('frame.png')
        if ending in ('mp4', 'webm'):
            run('ffmpeg', '-v', 'error', '-i', path, '-f', 'null', '-')
            opened.append(ending)
    if ending in ('gif', 'apng', 'webp', 'svg', 'html') and has('chromium'):
        # The first picture that a page shows.
        url = 'file://' + path
        chromium(url, 'page.png')
        run(program, 'render', LESSON, '--step', '0', '-o', 'moment.png', '--scale', '1')
        if ending in ('gif', 'apng', 'webp'):
            compare(f'{ending.upper()} in Chromium, its beginning', 'page.png', 'moment.png')
        else:
            opened.append(ending)


def attempt(what, action, *arguments):
    try:
        action(*arguments)
    except subprocess.CalledProcessError as error:
        faults.append(f'{what}: {error.cmd[0]} says {error.stderr.decode(errors="replace").strip()[-300:]}')
    except subprocess.TimeoutExpired as error:
        faults.append(f'{what}: {error.cmd[0]} does not end')


program = os.path.abspath(program)
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    run(program, 'render', LESSON, '--scale', '1', '-o', 'wanted.png')
    for each in endings_of('render'):
        attempt(each, still, each)
    refusal = subprocess.run([program, 'render', LESSON, '--step', '9999-9999', '-o', '{step}.png'],
                             capture_output=True, check=False).stderr.decode()
    last = int(re.search(r'at most (\d+)', refusal).group(1))
    for each in endings_of('animate'):
        attempt(each, moving, each, last)
    os.chdir('/')
for fault in faults:
    print('FAULT', fault)
print(f'{len(opened)} opened, {len(faults)} faults')
sys.exit(1 if faults else 0 if opened else 77)
