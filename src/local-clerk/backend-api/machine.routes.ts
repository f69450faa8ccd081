import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { ApiError, notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { requiredTextOf, textsOf } from '../http/json-body.js';
import { page } from '../http/page.js';
import { sendJson } from '../http/send-json.js';
import { secretOf } from '../machine-auth/secret.js';
import { randomId } from '../random.js';
import { machineResource } from '../resources/machine.resource.js';
import type { Machine } from '../state/machine-records.js';

/** `machines.create()`, `list()`, `get()`, `getSecretKey()` and `delete()`. */
export function machineRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router
    .route('/machines')
    .get((request, response) => {
      const { data, total_count } = page(request, store.state.machines);
      sendJson(response, { data: data.map((machine) => machineResource(context, machine)), total_count });
    })
    .post((request, response) => {
      const now = Date.now();
      const machine = {
        id: randomId('mch'),
        name: requiredTextOf(request, 'name'),
        scopedMachines: (textsOf(request, 'scoped_machines') ?? []).map(known),
        createdAt: now,
        updatedAt: now,
      };
      store.state.machines.push(machine);
      store.save();
      const resource = machineResource(context, machine);
      sendJson(response, { ...resource, secret_key: secretOf(context, 'ak', machine.id) });
    });

  router
    .route('/machines/:id')
    .get((request, response) => {
      sendJson(response, machineResource(context, find(request)));
    })
    .delete((request, response) => {
      const machine = find(request);
      store.state.machines = store.state.machines.filter((other) => other !== machine);
      store.state.m2mTokens = store.state.m2mTokens.filter(({ machineId }) => machineId !== machine.id);
      store.save();
      sendJson(response, { object: 'machine', id: machine.id, deleted: true });
    });

  router.get('/machines/:id/secret_key', (request, response) => {
    const secret = secretOf(context, 'ak', find(request).id);
    sendJson(response, { object: 'machine_secret_key', secret });
  });

  return router;

  function find(request: Request): Machine {
    const machine = store.state.machines.find(({ id }) => id === segment(request, 'id'));
    if (!machine) throw notFound('machine');
    return machine;
  }

  function known(id: string): string {
    if (store.state.machines.some((machine) => machine.id === id)) return id;
    throw new ApiError(422, 'form_param_value_invalid', 'No machine has that id.', 'scoped_machines');
  }
}
