import { spawnSync } from 'node:child_process';

/** Whether a Docker engine answers on this machine: the PostgreSQL lane of the tests needs one. */
export const hasEngine = () => spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000, stdio: 'ignore' }).status === 0;
