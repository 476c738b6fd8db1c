/** The size band of a head count; null below one, where nothing is known. */
export function sizeBand(employees: number): string | null {
	if (employees < 1) return null;
	if (employees < 10) return '1-9';
	if (employees < 50) return '10-49';
	if (employees < 250) return '50-249';
	return employees < 1000 ? '250-999' : '1000+';
}
