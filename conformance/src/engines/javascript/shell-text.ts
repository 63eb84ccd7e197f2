/** UTF-8 for shells that have neither TextEncoder nor TextDecoder, by what ECMAScript itself has (Annex B.2.1, 19.2.6). */

class ShellEncoder {
  encode(text = ''): Uint8Array {
    return Uint8Array.from(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0));
  }
}

/** Only what the runtime asks for: fatal, and keeping a byte order mark. */
class ShellDecoder {
  decode(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    try {
      return decodeURIComponent(escape(text));
    } catch {
      throw new TypeError('the bytes are no UTF-8');
    }
  }
}

Object.assign(globalThis, {
  TextEncoder: globalThis.TextEncoder ?? ShellEncoder,
  TextDecoder: globalThis.TextDecoder ?? ShellDecoder,
});
