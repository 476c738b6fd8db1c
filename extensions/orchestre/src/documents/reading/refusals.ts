import type { Message, Refusal, RefusalCode } from '../types.ts';
import { limits } from './limits.ts';

const french = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });
const english = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const both = (number: number): { fr: string; en: string } => ({ fr: french.format(number), en: english.format(number) });
const refuse = (code: RefusalCode, fr: string, en: string): Refusal => ({ code, message: { fr, en } });
const megabytes = limits.bytes / 1024 / 1024;

/** Every reason for not reading a file: what is the matter, and what to do. The file itself is kept all the same. */
export const refusals = {
	empty: (): Refusal =>
		refuse('empty', 'Ce fichier est vide. Vérifiez l’original, puis déposez-le à nouveau.', 'This file is empty. Check the original, then upload it again.'),

	tooBig: (bytes: number): Refusal => {
		const size = both(bytes / 1024 / 1024);
		return refuse(
			'too_big',
			`Ce fichier pèse ${size.fr} Mo ; au-delà de ${megabytes} Mo, il n’est pas lu. Numérisez en gris à 200 points par pouce, ou déposez les pages utiles seules.`,
			`This file has ${size.en} MB; above ${megabytes} MB it is not read. Scan in grey at 200 dots per inch, or upload only the pages that matter.`,
		);
	},

	tooManyPages: (pages: number): Refusal =>
		refuse(
			'too_many_pages',
			`Ce document compte ${both(pages).fr} pages ; au-delà de ${limits.pages}, il n’est pas lu. Déposez les pages utiles seules.`,
			`This document has ${both(pages).en} pages; above ${limits.pages} it is not read. Upload only the pages that matter.`,
		),

	tooManyPixels: (pixels: number): Refusal => {
		const size = both(pixels / 1e6);
		const most = limits.pixels / 1e6;
		return refuse(
			'too_many_pixels',
			`Cette image compte ${size.fr} millions de pixels ; au-delà de ${most}, elle n’est pas lue. Enregistrez-la en plus petit : 3 000 pixels de haut suffisent pour une page.`,
			`This picture has ${size.en} million pixels; above ${most} it is not read. Save it smaller: 3,000 pixels of height are enough for a page.`,
		);
	},

	encryptedPdf: (): Refusal =>
		refuse(
			'encrypted',
			'Ce PDF s’ouvre avec un mot de passe : il ne peut pas être lu. Ouvrez-le, enregistrez-en une copie sans mot de passe (« Imprimer au format PDF »), puis déposez cette copie.',
			'This PDF opens with a password: it cannot be read. Open it, save a copy without a password (“Print to PDF”), then upload that copy.',
		),

	encrypted: ({ fr, en }: Message): Refusal =>
		refuse(
			'encrypted',
			`Ce fichier est ${fr} protégé par un mot de passe : il ne peut pas être lu. Déposez une copie sans mot de passe, au format PDF de préférence.`,
			`This file is ${en} protected by a password: it cannot be read. Upload a copy without a password, preferably as a PDF.`,
		),

	broken: (): Refusal =>
		refuse(
			'broken',
			'Ce fichier est abîmé ou incomplet : il ne peut pas être ouvert. Demandez-le à nouveau à son expéditeur, ou numérisez l’original.',
			'This file is damaged or incomplete: it cannot be opened. Ask its sender for it again, or scan the original.',
		),

	unreadable: (): Refusal =>
		refuse(
			'unreadable',
			'Aucun texte n’a été trouvé dans ce document : page blanche, photo floue ou trop sombre ? Numérisez-le à 200 points par pouce ou plus, bien éclairé et à plat, ou saisissez-le à la main.',
			'No text was found in this document: a blank page, a blurred or dark photo? Scan it at 200 dots per inch or more, well lit and flat, or enter it by hand.',
		),

	wrongExtension: (extension: string, { fr, en }: Message): Refusal =>
		refuse(
			'wrong_extension',
			`Ce fichier se nomme « .${extension} », mais c’est ${fr} : il n’est pas lu. Déposez le document lui-même, en PDF ou en image.`,
			`This file is named “.${extension}”, but it is ${en}: it is not read. Upload the document itself, as a PDF or a picture.`,
		),

	damagedOrMisnamed: (extension: string): Refusal =>
		refuse(
			'wrong_extension',
			`Ce fichier se nomme « .${extension} », mais son contenu n’en est pas un : il est abîmé ou mal nommé. Demandez-le à nouveau à son expéditeur, ou déposez le document en PDF ou en image.`,
			`This file is named “.${extension}”, but what it holds is no such thing: it is damaged or misnamed. Ask its sender for it again, or upload the document as a PDF or a picture.`,
		),

	heic: (): Refusal =>
		refuse(
			'unsupported',
			'Les photos HEIC (iPhone) ne sont pas lues. Sur le téléphone : Réglages, Appareil photo, Formats, « Le plus compatible » ; ou enregistrez cette photo en JPEG, puis déposez-la.',
			'HEIC photos (iPhone) are not read. On the phone: Settings, Camera, Formats, “Most Compatible”; or save this photo as JPEG, then upload it.',
		),

	archive: ({ fr, en }: Message): Refusal =>
		refuse(
			'unsupported',
			`Ce fichier est ${fr} : son contenu n’est pas lu. Décompressez-le, puis déposez les documents un par un.`,
			`This file is ${en}: what it holds is not read. Unpack it, then upload the documents one by one.`,
		),

	unsupported: ({ fr, en }: Message): Refusal =>
		refuse(
			'unsupported',
			`Ce fichier est ${fr} : ce type n’est pas lu. Enregistrez-le en PDF, puis déposez ce PDF.`,
			`This file is ${en}: this kind is not read. Save it as a PDF, then upload that PDF.`,
		),

	unknown: (): Refusal =>
		refuse(
			'unsupported',
			'Le contenu de ce fichier n’est pas reconnu. Sont lus : PDF, JPEG, PNG, TIFF, WebP, factures XML, vCard et textes.',
			'What this file holds is not recognised. PDF, JPEG, PNG, TIFF, WebP, XML invoices, vCards and plain text are read.',
		),

	xmlEntities: (): Refusal =>
		refuse(
			'unsupported',
			'Ce fichier XML définit ses propres entités (DOCTYPE), ce qu’aucune facture électronique ne fait : par sécurité, il n’est pas lu. Demandez à l’expéditeur un fichier conforme.',
			'This XML file defines entities of its own (DOCTYPE), which no e-invoice does: to be safe it is not read. Ask the sender for a file that conforms.',
		),

	timedOut: (): Refusal =>
		refuse(
			'timed_out',
			'La lecture de ce fichier a duré trop longtemps : elle a été arrêtée. Imprimez-le au format PDF, ou numérisez-le, et déposez le résultat.',
			'Reading this file took too long: it was stopped. Print it to PDF, or scan it, and upload the result.',
		),

	outOfMemory: (): Refusal =>
		refuse(
			'out_of_memory',
			'Ce fichier demande trop de mémoire pour être lu : la lecture a été arrêtée. Imprimez-le au format PDF, ou numérisez-le à 200 points par pouce, et déposez le résultat.',
			'This file takes too much memory to be read: reading was stopped. Print it to PDF, or scan it at 200 dots per inch, and upload the result.',
		),
};

/** What was passed over, for whoever looks at the document. */
export const notes = {
	script: (): Message => ({
		fr: 'Ce PDF contient des scripts : ils n’ont pas été exécutés.',
		en: 'This PDF contains scripts: they were not run.',
	}),
	pagesLeft: (pages: number): Message => ({
		fr: `Seules les ${limits.pagesRead} premières pages sur ${pages} ont été lues.`,
		en: `Only the first ${limits.pagesRead} of ${pages} pages were read.`,
	}),
	pagesNotRecognised: (pages: readonly number[]): Message => ({
		fr: `Au-delà de ${limits.pagesRecognised} pages en image, le texte n’est plus reconnu : ${pages.length === 1 ? `la page ${pages[0]} n’a` : `les pages ${pages.join(', ')} n’ont`} pas été ${pages.length === 1 ? 'lue' : 'lues'}.`,
		en: `Beyond ${limits.pagesRecognised} pages that are pictures, no more text is recognised: ${pages.length === 1 ? 'page' : 'pages'} ${pages.join(', ')} not read.`,
	}),
	otherExtension: (extension: string, { fr, en }: Message): Message => ({
		fr: `Ce fichier se nomme « .${extension} », mais c’est ${fr} : il a été lu comme tel.`,
		en: `This file is named “.${extension}”, but it is ${en}: it was read as such.`,
	}),
	attachment: (name: string): Message => ({
		fr: `La pièce jointe « ${name} » du PDF n’a pas été lue.`,
		en: `The attachment “${name}” of the PDF was not read.`,
	}),
	attachmentEntities: (name: string): Message => ({
		fr: `La pièce jointe « ${name} » définit ses propres entités (DOCTYPE) : par sécurité, elle n’a pas été lue.`,
		en: `The attachment “${name}” defines entities of its own (DOCTYPE): to be safe it was not read.`,
	}),
	framesLeft: (frames: number): Message => ({
		fr: `Seules les ${limits.pagesRecognised} premières pages sur ${frames} de cette image ont été lues.`,
		en: `Only the first ${limits.pagesRecognised} of ${frames} pages of this picture were read.`,
	}),
	blankPages: (pages: readonly number[]): Message => ({
		fr: pages.length === 1 ? `La page ${pages[0]} ne contient aucun texte lisible.` : `Les pages ${pages.join(', ')} ne contiennent aucun texte lisible.`,
		en: pages.length === 1 ? `Page ${pages[0]} holds no readable text.` : `Pages ${pages.join(', ')} hold no readable text.`,
	}),
};
