import './book.ts';
import './read.ts';
import './review.ts';
import './sweep.ts';
