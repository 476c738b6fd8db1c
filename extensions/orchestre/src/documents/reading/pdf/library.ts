/** The part of PDFium's C interface (fpdfview.h, fpdf_text.h, fpdf_attachment.h, fpdf_javascript.h …) that is used; pointers and handles are numbers, 0 is none. */
export type Pdfium = {
	HEAPU8: Uint8Array;
	HEAPU16: Uint16Array;
	HEAP32: Int32Array;
	HEAPU32: Uint32Array;
	HEAPF32: Float32Array;
	HEAPF64: Float64Array;
	_malloc: (bytes: number) => number;
	_free: (pointer: number) => void;
	_FPDF_LoadMemDocument: (bytes: number, size: number, password: number) => number;
	_FPDF_CloseDocument: (document: number) => void;
	_FPDF_GetLastError: () => number;
	_FPDF_GetPageCount: (document: number) => number;
	_FPDF_LoadPage: (document: number, index: number) => number;
	_FPDF_ClosePage: (page: number) => void;
	_FPDF_GetPageWidth: (page: number) => number;
	_FPDF_GetPageHeight: (page: number) => number;
	_FPDF_PageToDevice: (page: number, x: number, y: number, width: number, height: number, turn: number, pageX: number, pageY: number, outX: number, outY: number) => number;
	_FPDFPage_GetAnnotCount: (page: number) => number;
	_FPDFPage_Flatten: (page: number, use: number) => number;
	_FPDFPage_CountObjects: (page: number) => number;
	_FPDFPage_GetObject: (page: number, index: number) => number;
	_FPDFPageObj_GetType: (object: number) => number;
	_FPDFPageObj_GetBounds: (object: number, left: number, bottom: number, right: number, top: number) => number;
	_FPDFText_LoadPage: (page: number) => number;
	_FPDFText_ClosePage: (text: number) => void;
	_FPDFText_CountChars: (text: number) => number;
	_FPDFText_GetUnicode: (text: number, index: number) => number;
	_FPDFText_IsGenerated: (text: number, index: number) => number;
	_FPDFText_IsHyphen: (text: number, index: number) => number;
	_FPDFText_HasUnicodeMapError: (text: number, index: number) => number;
	_FPDFText_GetCharAngle: (text: number, index: number) => number;
	_FPDFText_GetCharOrigin: (text: number, index: number, x: number, y: number) => number;
	_FPDFText_GetCharBox: (text: number, index: number, left: number, right: number, bottom: number, top: number) => number;
	_FPDFText_GetLooseCharBox: (text: number, index: number, rectangle: number) => number;
	_FPDFDoc_GetAttachmentCount: (document: number) => number;
	_FPDFDoc_GetAttachment: (document: number, index: number) => number;
	_FPDFAttachment_GetName: (attachment: number, buffer: number, size: number) => number;
	_FPDFAttachment_GetFile: (attachment: number, buffer: number, size: number, outSize: number) => number;
	_FPDFDoc_GetJavaScriptActionCount: (document: number) => number;
	_FPDFBitmap_CreateEx: (width: number, height: number, format: number, buffer: number, stride: number) => number;
	_FPDFBitmap_FillRect: (bitmap: number, left: number, top: number, width: number, height: number, colour: number) => void;
	_FPDFBitmap_Destroy: (bitmap: number) => void;
	_FPDF_RenderPageBitmap: (bitmap: number, page: number, x: number, y: number, width: number, height: number, turn: number, flags: number) => void;
};

let loaded: Promise<Pdfium> | null = null;

/** PDFium as WebAssembly, loaded once a process. It runs no script: its build has no JavaScript engine. */
export function pdfium(): Promise<Pdfium> {
	loaded ??= (async () => {
		const { PDFiumLibrary } = await import('@hyzyla/pdfium');
		const library = await PDFiumLibrary.init();
		// The wrapper offers neither boxes nor attachments; the module under it has all of PDFium's interface.
		return (library as unknown as { module: Pdfium }).module;
	})();
	return loaded;
}

/** Runs `work` with that many bytes of PDFium's memory, zeroed. */
export function withMemory<T>({ _malloc, _free, ...rest }: Pdfium, bytes: number, work: (pointer: number) => T): T {
	void rest;
	const pointer = _malloc(bytes);
	if (pointer === 0) throw new RangeError('out of memory');
	try {
		return work(pointer);
	} finally {
		_free(pointer);
	}
}
