import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';

/** A PostgreSQL that nothing needs to outlive: it never waits for the disk. `isInMemory` keeps all of it in RAM. */
export const startPostgres = ({ database, isInMemory }: { database: string; isInMemory: boolean }): Promise<StartedTestContainer> => {
	const container = new GenericContainer('postgres:16-alpine')
		.withEnvironment({ POSTGRES_USER: 'directus', POSTGRES_PASSWORD: 'directus', POSTGRES_DB: database })
		.withExposedPorts(5432)
		.withCommand(['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'])
		.withWaitStrategy(Wait.forListeningPorts());
	return (isInMemory ? container.withTmpFs({ '/var/lib/postgresql/data': 'rw' }) : container).start();
};

export const startRedis = (): Promise<StartedTestContainer> =>
	new GenericContainer('redis:7-alpine').withExposedPorts(6379).withWaitStrategy(Wait.forListeningPorts()).start();

/** What Directus is told to reach that PostgreSQL; the name of the database is the caller's. */
export const reachPostgres = (postgres: StartedTestContainer): Record<string, string> => ({
	DB_CLIENT: 'pg',
	DB_HOST: postgres.getHost(),
	DB_PORT: String(postgres.getMappedPort(5432)),
	DB_USER: 'directus',
	DB_PASSWORD: 'directus',
});

export const reachRedis = (redis: StartedTestContainer): Record<string, string> => ({
	REDIS: `redis://${redis.getHost()}:${redis.getMappedPort(6379)}`,
	SYNCHRONIZATION_STORE: 'redis',
});
