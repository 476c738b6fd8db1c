import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../support/environment.ts';

/** Counts what the matrix compared, and keeps what differs. */
export class Ledger {
	checks = 0;
	readonly faults: string[] = [];
	readonly roles = new Set<string>();
	readonly cells = new Set<string>();

	/** One comparison of what happened with what was declared. `cell`: role, collection and action that it is about. */
	check(right: boolean, cell: readonly [role: string, collection: string, action: string], what: () => string): void {
		this.checks += 1;
		this.roles.add(cell[0]);
		this.cells.add(cell.join(' '));
		if (!right) this.faults.push(`${cell.join(' · ')}: ${what()}`);
	}

	/** Faults, at most `most` of them, readable in a failing test's difference. */
	report(most = 40): string[] {
		const { faults } = this;
		return faults.length > most ? [...faults.slice(0, most), `… and ${faults.length - most} more`] : faults;
	}

	/**
	 * Prints the matrix's size in one line: this file's, and the sum of the files of this run that are through. They are
	 * forks of one process, by which they find each other.
	 */
	print(name: string, collections: number): void {
		const folder = join(cacheFolder, 'rights-matrix');
		mkdirSync(folder, { recursive: true });
		const mine = { roles: [...this.roles], cells: [...this.cells], checks: this.checks };
		writeFileSync(join(folder, `${process.ppid}-${name}.json`), JSON.stringify(mine));
		const all = readdirSync(folder)
			.filter((file) => file.startsWith(`${process.ppid}-`))
			.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as typeof mine);
		const roles = new Set(all.flatMap((part) => part.roles)).size;
		const cells = new Set(all.flatMap((part) => part.cells)).size;
		const checks = all.reduce((sum, part) => sum + part.checks, 0);
		process.stdout.write(
			`rights matrix: ${name} ${this.checks} checks; so far ${roles} kinds of callers × ${collections} collections × 4 actions and side doors: ${cells} cells, ${checks} checks\n`,
		);
	}
}
