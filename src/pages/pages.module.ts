import { Module } from '@nestjs/common';
import { PagesController } from './pages.controller.js';

/** Home, plans, profile, sign-in and sign-up. */
@Module({ controllers: [PagesController] })
export class PagesModule {}
