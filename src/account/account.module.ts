import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';

/** The signed-in person as JSON. */
@Module({ controllers: [AccountController] })
export class AccountModule {}
