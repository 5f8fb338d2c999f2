import net from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { printableCommand, runProgram } from '../../../core/tools/index.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** Runs JavaScript in a Node of its own. */
const run = (source: string, args: readonly string[] = [], options: Parameters<typeof runProgram>[2] = {}) => runProgram(process.execPath, ['-e', source, ...args], options);

describe('runProgram', () => {
  it('hands over arguments as they are, the folder and the environment, and passes on lines', async () => {
    const folder = temporaryFolder();
    const lines: string[] = [];
    const awkward = ['a b', 'ü$HOME', '"; rm -rf /', 'C:\\x\\', '*', ''];
    await run('console.log(JSON.stringify(process.argv.slice(1))); console.log(process.cwd(), process.env.EXTRA)', awkward, {
      cwd: folder, env: { EXTRA: 'grün' }, onLine: (line) => lines.push(line),
    });
    expect(JSON.parse(lines[0])).toEqual(awkward);
    expect(lines[1]).toMatch(/grün$/);
    expect(path.basename(lines[1].replace(/ grün$/, ''))).toBe(path.basename(folder));
  });

  it('takes a carriage return for the end of a line, keeps characters whole, and leaves out blank lines', async () => {
    const lines: string[] = [];
    await run("process.stderr.write('10%\\r20%\\r\\n\\n'); process.stdout.write(Buffer.from([0xc3])); setImmediate(() => process.stdout.write(Buffer.from([0xbc, 0x0a])))", [], {
      onLine: (line, from) => lines.push(`${from} ${line}`),
    });
    expect(lines.sort()).toEqual(['stderr 10%', 'stderr 20%', 'stdout ü']);
  });

  it('fails with the last lines of a program that fails', async () => {
    const failing = run("for (let k = 0; k < 20; k++) console.error('line ' + k); console.error('out of memory on device'); process.exit(3)");
    await expect(failing).rejects.toMatchObject({ tag: 'job', message: expect.stringMatching(/ended with status 3; it said last:\n {2}line 13\n[^]*out of memory on device$/) });
    await expect(run("console.log('only said so'); process.exit(1)")).rejects.toThrow('only said so');
  });

  it('says which program cannot be started', async () => {
    const nowhere = path.join(temporaryFolder(), 'matlab');
    await expect(runProgram(nowhere, [])).rejects.toThrow(`${nowhere}: cannot be started: no such file or folder`);
  });

  it('ends a program and what it has started when aborted', async () => {
    const connected: net.Socket[] = [];
    const server = net.createServer((socket) => {
      connected.push(socket);
      socket.on('error', () => undefined); // a killed program may reset its connection
      if (connected.length === 2) stop.abort(); // both the program and its child are there
    });
    const stop = new AbortController();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    const wait = `require('node:net').connect(${port}, '127.0.0.1')`;
    const program = `${wait}; require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(wait)}], { stdio: 'ignore' })`;

    await expect(run(program, [], { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await Promise.all(connected.map((socket) => socket.closed || new Promise((resolve) => socket.resume().once('close', resolve))));
    expect(connected).toHaveLength(2);
    await new Promise((resolve) => server.close(resolve));
  });

  it('starts nothing when aborted before', async () => {
    await expect(run('', [], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('stops the program when its lines cannot be taken', async () => {
    const full = () => {
      throw new Error('disk full');
    };
    await expect(run("console.log('x'); setInterval(() => {}, 1000)", [], { onLine: full })).rejects.toThrow('disk full');
  });
});

describe('printableCommand', () => {
  it('quotes for sh', () => {
    expect(printableCommand('/opt/MATLAB R2021b/matlab', ['-batch', 'go', "it's", ''], 'linux')).toBe(String.raw`'/opt/MATLAB R2021b/matlab' -batch go 'it'\''s' ''`);
  });

  it('quotes for Windows', () => {
    expect(printableCommand('C:\\Program Files\\MATLAB\\bin\\matlab.exe', ['D:\\a\\b', 'a"b', 'ends with \\'], 'win32')).toBe(String.raw`"C:\Program Files\MATLAB\bin\matlab.exe" D:\a\b "a\"b" "ends with \\"`);
  });
});
