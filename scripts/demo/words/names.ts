/** Common French first and last names; the people made of them are invented. */
export const firstNames = {
	female:
		`Camille Léa Manon Chloé Sarah Julie Marie Émilie Pauline Claire Sophie Céline Aurélie Élodie Laura Anaïs Mathilde Charlotte Marion Lucie Justine Audrey
		Nathalie Isabelle Sandrine Valérie Stéphanie Virginie Florence Hélène Delphine Karine Laurence Catherine Véronique Agnès Inès Nadia Samira Fatima Yasmine Amélie
		Margaux Clémence Ophélie Noémie Solène Gaëlle Maëlle Jeanne Louise Alice Juliette Victoire Apolline Élise Anne Béatrice Christelle Patricia`.split(/\s+/),
	male: `Thomas Nicolas Julien Alexandre Antoine Maxime Pierre Guillaume Romain Kévin Mathieu Clément Benjamin Florian Vincent Sébastien Olivier David Christophe
		Laurent Philippe Stéphane Frédéric Éric Pascal Thierry Bruno Franck Cédric Jérôme Fabrice Damien Ludovic Arnaud Yann Gaël Loïc Hugo Lucas Louis Paul Arthur
		Gabriel Adrien Quentin Bastien Rémi Simon Xavier François Étienne Mehdi Karim Youssef Samir Rachid Denis Gilles Hervé Michel`.split(/\s+/),
};

export const lastNames =
	`Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David Bertrand Roux Vincent Fournier
	Morel Girard André Lefèvre Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin
	Mathieu Clément Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noël Meyer Lucas
	Meunier Jean Perez Marchand Dufour Blanchard Marie Barbier Brun Dumas Brunet Schmitt Leroux Colas Fernandez Colin Arnaud Renard Caron Aubert Giraud Leclerc Vidal
	Bourgeois Renaud Lemoine Picard Gaillard Philippe Leclercq Lacroix Fabre Dupuis Olivier Rodriguez Hubert Carpentier Guillot Rivière Le_Gall Charpentier Moulin
	Berger Tessier Bouvier Benoît Poirier Cordier Collet Charles Prévost Maillard Marchal Weber Guillaume Renault Bailly Hervé Royer Langlois Cousin Berthelot Kerbrat
	Le_Goff Benali Haddad Diallo Traoré Belkacem Da_Silva Ferreira Pereira Rossi Nowak Delmas Estève Castagné Bonnefoy Vasseur Delattre Wagner Klein Schneider Fischer`
		.split(/\s+/)
		.map((name) => name.replace('_', ' '));

/** Letters that a mail address or a domain takes: no accents, spaces or apostrophes. */
export const plain = (text: string): string =>
	text
		.normalize('NFD')
		.replaceAll(/[\u0300-\u036F]/g, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-|-$/g, '');
