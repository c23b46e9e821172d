namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>How many pixels there are in a place, the sums of their colours and of the products of those.</summary>
internal struct ColourMoments
{
    public double N, R, G, B, RR, RG, RB, GG, GB, BB;

    public void Add(double r, double g, double b)
    {
        N++;
        R += r;
        G += g;
        B += b;
        RR += r * r;
        RG += r * g;
        RB += r * b;
        GG += g * g;
        GB += g * b;
        BB += b * b;
    }

    public void Add(in ColourMoments other)
    {
        N += other.N;
        R += other.R;
        G += other.G;
        B += other.B;
        RR += other.RR;
        RG += other.RG;
        RB += other.RB;
        GG += other.GG;
        GB += other.GB;
        BB += other.BB;
    }
}

/// <summary>
/// Coordinates for functions affine in colour: 1 and L⁻¹ (I − μ), where L Lᵀ is the covariance of a place's colours.
/// The matting Laplacian hardly sees such functions (Levin 2008, Sec. 3), so they are what coarse levels must carry.
/// </summary>
internal readonly struct ColourFrame
{
    /// <summary>About one code value of eight bits, squared: colours of less spread are one colour.</summary>
    const double Floor = 1.5e-5;

    readonly double r, g, b, l00, l10, l11, l20, l21, l22;

    public ColourFrame(in ColourMoments m)
    {
        (r, g, b) = (m.R / m.N, m.G / m.N, m.B / m.N);
        l00 = Math.Sqrt(Math.Max(m.RR / m.N - r * r, 0) + Floor);
        l10 = (m.RG / m.N - r * g) / l00;
        l20 = (m.RB / m.N - r * b) / l00;
        l11 = Math.Sqrt(Math.Max(m.GG / m.N - g * g + Floor - l10 * l10, Floor));
        l21 = (m.GB / m.N - g * b - l10 * l20) / l11;
        l22 = Math.Sqrt(Math.Max(m.BB / m.N - b * b + Floor - l20 * l20 - l21 * l21, Floor));
    }

    /// <summary>A colour's coordinates besides the 1.</summary>
    public (double, double, double) Whiten(double red, double green, double blue) => Solve(red - r, green - g, blue - b);

    /// <summary>Row-major 4×4: coefficients in <paramref name="parent"/>'s frame to coefficients in this one, for the same function.</summary>
    public void From(in ColourFrame parent, Span<double> p)
    {
        p.Clear();
        p[0] = 1;
        (p[1], p[2], p[3]) = parent.Whiten(r, g, b);
        (p[5], p[6], p[7]) = parent.Solve(l00, l10, l20);
        (p[9], p[10], p[11]) = parent.Solve(0, l11, l21);
        (p[13], p[14], p[15]) = parent.Solve(0, 0, l22);
    }

    (double, double, double) Solve(double x, double y, double z)
    {
        x /= l00;
        y = (y - l10 * x) / l11;
        return (x, y, (z - l20 * x - l21 * y) / l22);
    }
}
