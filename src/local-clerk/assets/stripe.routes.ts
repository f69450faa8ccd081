import { Router } from 'express';

/** Where the stub of Stripe.js is served; a page loads it before ClerkJS. */
export const STRIPE_STUB_PATH = '/stripe.js';

/**
 * Stands in for Stripe.js, which Clerk's checkout loads from Stripe unless `window.Stripe` is there. It shows a line in
 * place of the card fields, says that they are complete and takes the test card; nothing leaves the page.
 */
export function stripeRoutes(): Router {
  const router = Router();
  router.get(STRIPE_STUB_PATH, (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache').type('text/javascript').send(stub);
  });
  return router;
}

const stub = `'use strict';
window.Stripe = function Stripe() {
  const element = () => {
    const listeners = {};
    const self = {
      mount(target) {
        const node = typeof target === 'string' ? document.querySelector(target) : target;
        if (node) node.textContent = 'Card 4242 4242 4242 4242 (local Clerk: no money moves)';
        queueMicrotask(() => {
          listeners.ready?.({ elementType: 'payment' });
          listeners.change?.({ elementType: 'payment', complete: true, empty: false, value: { type: 'card' } });
        });
      },
      on(event, listener) { listeners[event] = listener; return self; },
      once(event, listener) { return self.on(event, listener); },
      off(event) { delete listeners[event]; return self; },
      update() {}, destroy() {}, unmount() {}, focus() {}, blur() {}, clear() {}, collapse() {},
    };
    return self;
  };
  return {
    elements() {
      const created = new Map();
      return {
        create(type) { const made = element(); created.set(type, made); return made; },
        getElement(type) { return created.get(type) ?? null; },
        update() {},
        on() {},
        fetchUpdates: async () => ({}),
        submit: async () => ({ selectedPaymentMethod: 'card' }),
      };
    },
    confirmSetup: async () => ({ setupIntent: { id: 'seti_local', status: 'succeeded', payment_method: 'pm_local' } }),
    createToken: async () => ({}),
    createPaymentMethod: async () => ({}),
    confirmCardPayment: async () => ({}),
    registerAppInfo() {},
    _registerWrapper() {},
  };
};
`;
