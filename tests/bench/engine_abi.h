/* SPDX-License-Identifier: MIT
 * The engine behind a C interface, for programs that measure libraries side by side. One call makes
 * a plan, one runs it, one forgets it. */
#pragma once
#ifdef __cplusplus
extern "C" {
#endif

enum up_kind {
    UP_CONV2D_TRANSPOSE = 0,
    UP_NEAREST_CONV2D = 1, /* UpSampling2D nearest, then Conv2D, both seen as one layer */
    UP_NEAREST = 2,
    UP_BILINEAR = 3,
    UP_DENSE = 4,
    UP_DENSE_CONV2D_TRANSPOSE =
        5, /* the tutorial's generators: Dense, Reshape, then one of the above */
    UP_DENSE_NEAREST_CONV2D = 6
};

typedef struct up_workload {
    int struct_size; /* sizeof(up_workload) of the caller */
    const char* name;
    int kind;        /* enum up_kind */
    int n, h, w, ic; /* input of the layer, NHWC; of kinds 5 and 6 what Dense makes, its own input
                        being (n, latent) */
    int oc;          /* filters or units */
    int k, s;        /* kernel_size, and strides or size, of both axes */
    int pad_before, pad_after; /* padding "same": cells cropped (transposed) or zeros put (Conv2D)
                                  at each end */
    int latent;
    const float *kernel,
        *bias; /* Keras's layouts: (kh, kw, oc, ic) transposed, (kh, kw, ic, oc), (in, out); (oc) */
    const float *kernel2, *bias2; /* of kinds 5 and 6, Dense's */
} up_workload;

/* Weights are packed, not referred to. Null if the workload is none that the engine has. `threads`
 * counts the calling one. */
void* up_engine_create(const up_workload* workload, int threads);
/* in and out NHWC, as many numbers as the workload says; returns when out is complete. */
void up_engine_run(void* plan, const float* in, float* out);
void up_engine_destroy(void* plan);

#ifdef __cplusplus
}
#endif
