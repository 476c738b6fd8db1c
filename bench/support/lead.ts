let serial = 0;

/** A lead as a form sends it, of another firm each time. */
export function lead(): Record<string, unknown> {
	const n = ++serial;
	return {
		first_name: 'Camille',
		last_name: `Mesure ${n}`,
		email: `camille.${n}@mesure-${n}.example`,
		phone: `+33612${String(n).padStart(6, '0').slice(-6)}`,
		company_name: `Mesure ${n}`,
		industry: 'tech',
		size_band: '50-249',
		region: 'ile_de_france',
		source: 'website',
		job_title: 'Directrice',
		timing: 'quarter',
		budget_cents: 2_500_000,
		demo_requested_at: new Date().toISOString(),
		need: 'Remplacer notre outil.',
	};
}
