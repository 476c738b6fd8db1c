/** How much of a file is read at most, and what its process may take. */
export const limits = {
	bytes: 20 * 1024 * 1024,
	/** A document of more pages is refused as a whole; of one with fewer, the first `pagesRead` are read. */
	pages: 500,
	pagesRead: 50,
	pagesRecognised: 10,
	/** Of a picture as it comes, and of a page as it is drawn. */
	pixels: 25_000_000,
	xmlBytes: 5 * 1024 * 1024,
	attachments: 20,
	/** Characters of one page's text layer; what comes after them is left out. */
	charactersPerPage: 100_000,
	/** Resolution at which a page is drawn to be recognised. */
	dpi: 200,
	/** A page with fewer characters in its text layer is taken for a picture, should it have one. */
	textLayer: 50,
} as const;

/** Of a process that reads: how much memory (RSS, all in) and heap it may take, in MB, and how long one step may last, in ms. */
export const processLimits = {
	memoryMb: 1024,
	heapMb: 512,
	/** Until the text is read, and for each page that is recognised. */
	openMs: 30_000,
	pageMs: 45_000,
	/** A process is replaced after so many files, or when it kept more than this after one. */
	files: 100,
	keptMb: 600,
	/** It ends after so long without work. */
	idleMs: 60_000,
	/** Files that may wait for their turn. */
	queue: 500,
} as const;
