/**
 * Words with a tone, folded (no accents, lower case), by weight: 2 strong, 1 clear, 0.5 slight. `stem*` takes every ending. Words of
 * several are read first, so that « pas mal » is no « mal ». Written for business French, with the common English words.
 */
const positive: Readonly<Record<string, string>> = {
	'2': `excellent* parfait* ravi ravie ravis ravies genial* formidable* exceptionnel* remarquable* impeccable* enchante* enthousias* ador* fantasti*
		impressionn* bluff* irreprochable* extraordinaire* magnifi* excellence exemplaire* epoustoufl* au_top nickel chapeau felicit* delighted awesome amazing
		love loves loved perfect perfectly excellent`,
	'1': `satisf* content contents contente contentes heureux heureuse heureuses bravo agreable* agreablement efficac* serieux serieuse* competen* professionn*
		reactif* reactivite reactive* rapidite rapide rapides rapidement fiable* fiabilite confiance convaincu* convain* seduit* interess* appreci* recommand*
		super top simple simples intuitif* intuitive* fluide* clair claire claires clairement pratique pratiques utile utiles facile* facilit* gagn* gain gains
		reuss* succes resolu* solutionn* corrige corriges corrigee corrigees repare reparee ameliore* amelior* positi* favorabl* constructi* prometteu* rassur* soulag*
		sympa sympathi* chaleureu* accueillan* cordial* ecoute bienveillan* disponible* accompagnement fidel* preferen* prefer* plait plaisir
		bonne_nouvelle bon_retour bons_retours bonnes_nouvelles bon_contact bonne_ambiance bon_echange bonne_relation bon_travail beau_travail bonne_qualite
		grande_qualite bon_accueil bonne_surprise bien_passe bien_passee bien_deroule bien_deroulee se_passe_bien tres_bien tres_bon tres_bonne bon_rapport
		hate_de impatient_de partant partants partante d_accord donne_son_accord notre_accord son_accord leur_accord accord_obtenu accord_de_principe
		valide_le_budget budget_valide veut_signer souhaite_signer pret_a_signer prete_a_signer va_signer vont_signer pouvoir_signer veut_avancer
		veulent_avancer souhaite_renouveler souhaitons_renouveler renouveler_pour renouvelons renouvelle_sa_confiance lancer_la_commande passe_commande passent_commande
		passer_commande retenu_notre retient_notre choisi_notre choisit_notre dans_les_temps dans_les_delais delais_tenus a_temps rien_a_redire rien_a_signaler
		rien_a_reprocher pas_mal pas_a_se_plaindre pas_a_me_plaindre sans_accroc sans_faute sans_encombre tout_fonctionne tout_marche tout_roule leur_convient
		nous_convient me_convient lui_convient conforme conformes a_la_hauteur depasse_nos depasse_les depasse_mes mieux_qu en_mieux beaucoup_mieux
		sauve sauves sauvee autonome* transparen* gratitude merci_beaucoup grand_merci merci_encore mille_mercis merci_pour remerci* reconnaissan* respectes respectee
		respecte respectees happy great good thanks thank pleased glad helpful satisfied recommend impressed works_great works_well easy reliable`,
	'0.5': `bien bon bonne bons bonnes merci fonctionne fonctionnent marche_bien ok qualite joli jolie sereine serein souple progres avance_bien optimis* curieu* ouvert_a
		interet attractif competitif stable works fine`,
};

const negative: Readonly<Record<string, string>> = {
	'2': `inadmissible* inacceptable* scandal* catastroph* desastr* horrible* lamentable* honteu* furieu* furax exaspere* deplorable* nul nulle nuls
		arnaque* escro* mise_en_demeure mets_en_demeure mettons_en_demeure avocat tribunal contentieux inutilisable* resili* insupportable* exige_un_remboursement
		semaines_sans_reponse mois_sans_reponse semaines_sans_nouvelle* mois_sans_nouvelle* 😡 🤬 unacceptable terrible awful furious horrible worst useless`,
	'1': `mecontent* insatisf* decu decue decus decues decev* deception enerv* agac* irrit* fach* colere frustr* inqui* preoccup* sceptique* mefian* hostile*
		froid froide refroidi* plaint plaignent plainte* plaindre plaint_de reclam* litige* contest* reproch* regrett* regret deplor* menac* refus* rejet* abandon* annul* perdu perdue perdus
		perdue* perd perdent perdons perte pertes gele gelee gelees bloqu* blocage* plant* bug bugs bogue* buggu* erreur* faux fausse fausses panne* incident* dysfonction* defaut* defaillan*
		defectueu* casse cassee casses anomalie* probleme* problemati* souci soucis difficult* difficile* complique* complex* confus* penible* galere* laborieu* lourd* lent lente lents lentes lenteur*
		ralenti* retard retards retarde* tard_pour impossible* incapable* incompeten* incompl* incorrect* insuffis* manque manqu* mauvais* mal pire pires mediocre* degrad* deterior* baisse_de_qualite
		decourag* epuis* a_bout ras_le_bol marre_de rompu rompue rupture deconseill* degout* decept* pression_de
		intenable* invivable ingerable* penalis* penalite* surfactur* prelevement_indu indument double_prelevement rembours* impaye* non_conforme hors_service a_l_arret
		sans_reponse aucune_reponse sans_nouvelle* aucune_nouvelle* toujours_pas personne_ne ne_repond_pas trop_cher trop_chere trop_chers moins_cher plus_cher cher chere chers
		chez_un_concurrent autre_fournisseur autre_prestataire un_concurrent concurrent_propose concurrent_nous envisage_de_partir partir_chez quitter sortir_du_contrat
		changer_de_prestataire changer_de_fournisseur faute_de_budget pas_de_budget plus_de_budget coupe_budgetaire depassement_de_budget peu_intuitif* peu_fiable* peu_clair* peu_serieu*
		peu_reactif* peu_reactive* mise_en_cause attendions_mieux attendais_a_mieux attendait_a_mieux attendions_a_mieux attendons_toujours attends_toujours attend_toujours encore_une_fois relance_sans trop_long
		trop_longue trop_lent perte_de_temps perd_du_temps une_usine_a_gaz agressif* agressive* desagreable* impoli* raccroch* hesit* reticen* dubitatif*
		pas_terrible* pas_fameu* pas_brillant* pas_folichon* pas_top trop_eleve* perds_patience perd_patience perdons_patience perdent_patience perdu_patience perdre_patience
		a_bout_de_patience patience_a_des_limites 😠 😤 👎
		unhappy disappoint* angry bad slow broken bug error errors crash* down problem problems issue issues refund complaint complain* cancel* late delay* fail* poor worse frustrat* expensive`,
	'0.5': `inquiet dommage helas malheureusement reserve reserves doute doutes cherche_ailleurs flou floue risque risques unfortunately worried`,
};

/** Without a tone of their own, but bad when they do not happen: « ne répond pas ». */
const badWhenNegated = `repond* recu recue fonctionn* march* arrive arrivent arrivons compren* connai* inform* preven* tien* tenu* tenue* respect* livr* rappel* correspond* aide* facturer
	travailler utiliser acceder connecter ce_qui_etait ce_que convenu convien* suivi* souhait* envisag* avanc* rembours* disponib* priorit* besoin* budget work works working respond* answer*`;

/** Say nothing though they hold a word with a tone. */
const plain = `bon_de_commande bons_de_commande bon_de_livraison bonne_reception bonne_journee bonne_soiree bonne_semaine bonnes_vacances bonne_continuation bien_a_vous bien_cordialement bien_recu bien_note
	merci_de merci_d merci_par_avance merci_d_avance remerciant_par_avance remercie_par_avance remercie_d_avance ni_pour_ni_contre en_cas_de_panne en_cas_de_probleme en_cas_de_litige en_cas_d_incident en_cas_d_erreur en_cas_de_retard
	en_cas_d_impaye gestion_des_incidents gestion_des_reclamations gestion_des_impayes gestion_des_risques analyse_des_risques tableau_de_bord mise_a_jour mot_de_passe_perdu mot_de_passe_oublie perdu_*_mot_de_passe perdu_*_mots_de_passe perd_*_mot_de_passe froid_industriel* froid_commercial* froid_positif froid_negatif
	machine_de_froid machines_de_froid groupe_froid groupe_de_froid groupes_froid* chambre_froide chambres_froides chaine_du_froid production_de_froid besoin_de besoins_de bien_que bien_sur bien_entendu
	ou_bien si_bien aussi_bien eh_bien combien_bien mal_a_joindre pas_mal_de lettre_de_resiliation conditions_de_resiliation delai_de_resiliation preavis_de_resiliation service_reclamation* no_problem
	je_suis_disponible etes_vous_disponible vous_etes_disponible sera_disponible seriez_vous_disponible disponible_le disponible_lundi disponible_mardi disponible_mercredi disponible_jeudi disponible_vendredi
	confirmation_de confiance_numerique good_morning good_afternoon good_evening thanks_in_advance thank_you_in_advance interets_moratoires taux_d_interet`;

/** `negated`: its weight where the sentence denies it. */
export type Entry = { weight: number; negated: number };

const wordsOf = (list: string): string[] => list.split(/\s+/).filter(Boolean);

/** What is negated is weaker than its opposite: « pas satisfait » is bad, « pas mauvais » only fair. */
const flipped = (weight: number): number => (weight > 0 ? -Math.max(1, weight * 0.8) : -weight * 0.7);

type Expression = { rest: readonly string[]; entry: Entry };

const words = new Map<string, Entry>();
const stems = new Map<string, Entry>();
/** By their first word, the longest first. */
const expressions = new Map<string, Expression[]>();

function add(item: string, entry: Entry): void {
	const [first = '', ...rest] = item.split('_');
	if (rest.length > 0)
		expressions.set(
			first,
			[...(expressions.get(first) ?? []), { rest, entry }].toSorted((a, b) => b.rest.length - a.rest.length),
		);
	else if (item.endsWith('*')) stems.set(item.slice(0, -1), entry);
	else words.set(item, entry);
}

for (const item of wordsOf(badWhenNegated)) add(item, { weight: 0, negated: -1 });
for (const [lists, sign] of [
	[positive, 1],
	[negative, -1],
] as const)
	for (const [size, list] of Object.entries(lists)) {
		const weight = Number(size) * sign;
		for (const item of wordsOf(list)) add(item, { weight, negated: flipped(weight) });
	}
for (const item of wordsOf(plain)) add(item, { weight: 0, negated: 0 });
// A face is not denied: « pas content 😡 ».
for (const item of wordsOf(`${negative[2]} ${negative[1]}`).filter((word) => /\p{Extended_Pictographic}/u.test(word)))
	add(item, { weight: words.get(item)?.weight ?? 0, negated: words.get(item)?.weight ?? 0 });

const shortestStem = 3;

/** The entry of one word, by itself or by its beginning. */
export function entryOf(word: string): Entry | undefined {
	const known = words.get(word);
	if (known) return known;
	for (let length = word.length; length >= shortestStem; length--) {
		const entry = stems.get(word.slice(0, length));
		if (entry) return entry;
	}
	return undefined;
}

const fits = (word: string | undefined, wanted: string): boolean =>
	word !== undefined && (wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted);

/** The longest expression that begins at `at`, and how many words it takes. */
export function expressionAt(text: readonly string[], at: number): { length: number; entry: Entry } | undefined {
	const found = expressions.get(text[at] ?? '')?.find(({ rest }) => rest.every((wanted, index) => fits(text[at + 1 + index], wanted)));
	return found && { length: found.rest.length + 1, entry: found.entry };
}

export const stronger = new Set(
	'tres vraiment extremement tellement totalement completement absolument particulierement franchement beaucoup si hyper ultra nettement pleinement so very really extremely totally'.split(
		' ',
	),
);
export const weaker = new Set('peu assez plutot legerement relativement parfois slightly rather somewhat quite'.split(' '));
/** Turn what follows round. `plus` only after `ne`, for else it means more. */
export const negators = new Set('pas jamais aucun aucune aucunement sans ni guere nullement rien not no never without nothing t'.split(' '));
/** What comes after them weighs more than what comes before. */
export const turns = new Set('mais cependant toutefois neanmoins pourtant but however'.split(' '));
/** What they lead in is granted and no longer counts much. */
export const concessions = new Set('malgre despite'.split(' '));
