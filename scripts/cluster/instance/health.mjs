/** Health check of a container: Directus answers, and so do its database, cache and files (`/server/health`: 503 if not). */
const { PORT = '8055' } = process.env;
const response = await fetch(`http://127.0.0.1:${PORT}/server/health`, { signal: AbortSignal.timeout(4000) }).catch(() => null);
process.exitCode = response?.ok ? 0 : 1;
