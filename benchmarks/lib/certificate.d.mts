/** Returns key and certificate as PEM. They are valid for a day. */
export declare const makeCertificate: () => { readonly key: string; readonly cert: string }
