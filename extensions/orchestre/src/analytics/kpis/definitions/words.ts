/** French words of choices that figures are broken down by; the same as in the forms (schema-snapshots). */
export const leadSources: Readonly<Record<string, string>> = {
	website: 'Site web',
	referral: 'Recommandation',
	reseller: 'Revendeur',
	event: 'Salon ou événement',
	webinar: 'Webinaire',
	inbound_call: 'Appel entrant',
	outbound: 'Prospection',
	social: 'Réseaux sociaux',
	ads: 'Publicité',
	partner: 'Partenaire',
	list: 'Fichier acheté',
	other: 'Autre',
};
