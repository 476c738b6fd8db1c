/** The part of PDFium's C interface (fpdfview.h, fpdf_text.h, fpdf_attachment.h, fpdf_javascript.h …) that is used; pointers and handles are numbers, 0 is none. */
export type Pdfium = {
	HEAPU8: Uint8Array;
	HEAP32: Int32Array;
	HEAPU32: Uint32Array;
	HEAPF32: Float32Array;
	HEAPF64: Float64Array;
	malloc: (bytes: number) => number;
	free: (pointer: number) => void;
	FPDF_LoadMemDocument: (bytes: number, size: number, password: number) => number;
	FPDF_CloseDocument: (document: number) => void;
	FPDF_GetLastError: () => number;
	FPDF_GetPageCount: (document: number) => number;
	FPDF_LoadPage: (document: number, index: number) => number;
	FPDF_ClosePage: (page: number) => void;
	FPDF_GetPageWidth: (page: number) => number;
	FPDF_GetPageHeight: (page: number) => number;
	FPDF_PageToDevice: (
		page: number,
		x: number,
		y: number,
		width: number,
		height: number,
		turn: number,
		pageX: number,
		pageY: number,
		outX: number,
		outY: number,
	) => number;
	FPDFPage_GetAnnotCount: (page: number) => number;
	FPDFPage_Flatten: (page: number, use: number) => number;
	FPDFPage_CountObjects: (page: number) => number;
	FPDFPage_GetObject: (page: number, index: number) => number;
	FPDFPageObj_GetType: (object: number) => number;
	FPDFPageObj_GetBounds: (object: number, left: number, bottom: number, right: number, top: number) => number;
	FPDFText_LoadPage: (page: number) => number;
	FPDFText_ClosePage: (text: number) => void;
	FPDFText_CountChars: (text: number) => number;
	FPDFText_GetUnicode: (text: number, index: number) => number;
	FPDFText_IsGenerated: (text: number, index: number) => number;
	FPDFText_IsHyphen: (text: number, index: number) => number;
	FPDFText_HasUnicodeMapError: (text: number, index: number) => number;
	FPDFText_GetCharAngle: (text: number, index: number) => number;
	FPDFText_GetCharOrigin: (text: number, index: number, x: number, y: number) => number;
	FPDFText_GetCharBox: (text: number, index: number, left: number, right: number, bottom: number, top: number) => number;
	FPDFText_GetLooseCharBox: (text: number, index: number, rectangle: number) => number;
	FPDFDoc_GetAttachmentCount: (document: number) => number;
	FPDFDoc_GetAttachment: (document: number, index: number) => number;
	FPDFAttachment_GetName: (attachment: number, buffer: number, size: number) => number;
	FPDFAttachment_GetFile: (attachment: number, buffer: number, size: number, outSize: number) => number;
	FPDFDoc_GetJavaScriptActionCount: (document: number) => number;
	FPDFBitmap_CreateEx: (width: number, height: number, format: number, buffer: number, stride: number) => number;
	FPDFBitmap_FillRect: (bitmap: number, left: number, top: number, width: number, height: number, colour: number) => void;
	FPDFBitmap_Destroy: (bitmap: number) => void;
	FPDF_RenderPageBitmap: (bitmap: number, page: number, x: number, y: number, width: number, height: number, turn: number, flags: number) => void;
};

/** The module that Emscripten made: C functions with an underscore before their names, and views that are made anew when memory grows. */
type Module = Record<string, unknown>;
const views = ['HEAPU8', 'HEAP32', 'HEAPU32', 'HEAPF32', 'HEAPF64'] as const;

function withPlainNames(module: Module): Pdfium {
	const library: Module = Object.fromEntries(Object.entries(module).map(([name, value]) => [name.replace(/^_/, ''), value]));
	for (const view of views) Object.defineProperty(library, view, { get: () => module[view] });
	return library as Pdfium;
}

let loaded: Promise<Pdfium> | null = null;

/** PDFium as WebAssembly, loaded once a process. It runs no script: its build has no JavaScript engine. */
export function loadPdfium(): Promise<Pdfium> {
	loaded ??= (async () => {
		const { PDFiumLibrary } = await import('@hyzyla/pdfium');
		const library = await PDFiumLibrary.init();
		// The wrapper offers neither boxes nor attachments; the module under it has all of PDFium's interface.
		return withPlainNames((library as unknown as { module: Module }).module);
	})();
	return loaded;
}

/** Runs `work` with that many bytes of PDFium's memory. */
export function withMemory<T>(library: Pick<Pdfium, 'malloc' | 'free'>, bytes: number, work: (pointer: number) => T): T {
	const pointer = library.malloc(bytes);
	if (pointer === 0) throw new RangeError('out of memory');
	try {
		return work(pointer);
	} finally {
		library.free(pointer);
	}
}
